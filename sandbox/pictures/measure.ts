import sharp from 'sharp';

const formats: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'];

/** Size in pixels as stored; null for bytes that are no picture of a known format. */
export async function measure(
	image: Buffer,
): Promise<{ readonly width: number; readonly height: number } | null> {
	return await sharp(image)
		.metadata()
		.then(
			({ format, width, height }) => (formats.includes(format) ? { width, height } : null),
			() => null,
		);
}
