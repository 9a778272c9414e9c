import sharp from 'sharp';

/** Size in pixels as stored; null for bytes that are no picture. */
export async function measure(
	image: Buffer,
): Promise<{ readonly width: number; readonly height: number } | null> {
	return await sharp(image, { limitInputPixels: 268_000_000 })
		.metadata()
		.then(
			({ width, height }) => ({ width, height }),
			() => null,
		);
}
