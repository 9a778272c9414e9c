import sharp from 'sharp';
import { cutOut } from './cutOut';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';
import { SeededRandom } from './seededRandom';

/** The picture without its plain backdrop, as a transparent PNG. */
export async function removeBackground(image: Buffer): Promise<Picture> {
	const { data, info } = await upright(image);
	return { bytes: await cutOut(data, info.width, info.height), mimeType: 'image/png' };
}

/**
 * The sandbox knows no objects: it fills one place of the picture, chosen by the words, with what
 * surrounds it.
 */
export async function removeObject(image: Buffer, query: string): Promise<Picture> {
	const { data, info } = await upright(image);
	const { width, height } = info;
	const random = new SeededRandom(query);
	const place = {
		left: Math.floor(random.between(0.1, 0.5) * width),
		top: Math.floor(random.between(0.1, 0.5) * height),
		width: Math.max(1, Math.floor(width * 0.3)),
		height: Math.max(1, Math.floor(height * 0.3)),
	};
	const filling = await sharp(data)
		.extract(place)
		.blur(Math.max(2, Math.min(place.width, place.height) / 3))
		.toBuffer();
	const { left, top } = place;
	const filled = sharp(data).composite([{ input: filling, left, top }]);
	return await encode(filled, sameFormat((await sharp(image).metadata()).format));
}

async function upright(image: Buffer) {
	return await sharp(image)
		.autoOrient()
		.toColorspace('srgb')
		.png()
		.toBuffer({ resolveWithObject: true });
}
