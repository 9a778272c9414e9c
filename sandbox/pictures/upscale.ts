import sharp from 'sharp';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';

/** Twice or four times the pixels each way, turned upright as its EXIF data says. */
export async function upscale(image: Buffer, scale: 2 | 4, faceEnhance: boolean): Promise<Picture> {
	const { data, info } = await sharp(image).autoOrient().toBuffer({ resolveWithObject: true });
	const larger = sharp(data)
		.resize(info.width * scale, info.height * scale, { kernel: 'lanczos3' })
		.sharpen({ sigma: scale / 2, m1: 0.4, m2: faceEnhance ? 3 : 2 });
	return await encode(larger, sameFormat((await sharp(image).metadata()).format));
}
