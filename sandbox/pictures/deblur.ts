import sharp from 'sharp';
import { encode, sameFormat } from './encode';
import type { Picture } from './picture';

/** Clearer contours, or less grain. */
export async function deblur(image: Buffer, taskType: string): Promise<Picture> {
	const upright = sharp(image).autoOrient();
	const clear =
		taskType === 'Image Denoising'
			? upright.median(3).sharpen({ sigma: 0.8 })
			: upright.sharpen({ sigma: 2.4, m1: 0.6, m2: 4, y2: 12, y3: 20 });
	return await encode(clear, sameFormat((await sharp(image).metadata()).format));
}
