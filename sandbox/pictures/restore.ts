import sharp from 'sharp';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';

/**
 * Clearer: denoised, sharpened and with more local contrast.
 * @param fidelity 0 enhances most, 1 least
 * @param factor size of the result, 1 to 4
 */
export async function restore(image: Buffer, fidelity: number, factor: number): Promise<Picture> {
	const strength = 1 - fidelity;
	const { data, info } = await sharp(image).autoOrient().toBuffer({ resolveWithObject: true });
	const clear = sharp(data)
		.resize(Math.round(info.width * factor), Math.round(info.height * factor), {
			kernel: 'lanczos3',
		})
		.sharpen({ sigma: 1 + strength, m1: 1, m2: 2 + 2 * strength });
	return await encode(clear, sameFormat((await sharp(image).metadata()).format));
}
