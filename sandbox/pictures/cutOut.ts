import sharp from 'sharp';
import { backdropOf, roughnessOf } from './backdrop';

const SMALL = 256;
/** With less backdrop than this there is nothing to cut along. */
const LEAST_SHARE = 0.08;

function oval(width: number, height: number): Buffer {
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><radialGradient id="fade"><stop offset="0.86" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient><ellipse cx="50%" cy="50%" rx="50%" ry="50%" fill="url(#fade)"/></svg>`,
	);
}

/** White where the picture stays, transparent where its backdrop was; null where it has none. */
async function silhouette(image: Buffer, width: number, height: number): Promise<Buffer | null> {
	const { data: pixels, info } = await sharp(image)
		.flatten({ background: '#fff' })
		.grayscale()
		.resize(SMALL, SMALL, { fit: 'inside' })
		.toColorspace('b-w')
		.raw()
		.toBuffer({ resolveWithObject: true });
	const small = { pixels, width: info.width, height: info.height };
	const backdrop = backdropOf(small, roughnessOf(small));
	const share = backdrop.reduce((sum, value) => sum + value, 0) / backdrop.length;
	if (share < LEAST_SHARE) return null;
	const opacity = await sharp(Buffer.from(backdrop.map((value) => 255 * (1 - value))), {
		raw: { width: small.width, height: small.height, channels: 1 },
	})
		.resize(width, height, { fit: 'fill', kernel: 'cubic' })
		.blur(Math.max(0.6, width / 600))
		.toColorspace('b-w')
		.raw()
		.toBuffer();
	return await sharp({ create: { width, height, channels: 3, background: '#fff' } })
		.joinChannel(opacity, { raw: { width, height, channels: 1 } })
		.png()
		.toBuffer();
}

/** Takes a plain backdrop away; leaves an oval of a picture that has none. */
export async function cutOut(image: Buffer, width: number, height: number): Promise<Buffer> {
	const mask = (await silhouette(image, width, height)) ?? oval(width, height);
	return await sharp(image)
		.ensureAlpha()
		.composite([{ input: mask, blend: 'dest-in' }])
		.png()
		.toBuffer();
}
