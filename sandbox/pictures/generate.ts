import sharp from 'sharp';
import { caption } from './caption';
import { encode } from './encode';
import type { Picture } from './picture';
import type { PictureJob } from './pictureJob';
import { drawScene } from './scene/drawScene';

type GenerateJob = Extract<PictureJob, { operation: 'generateImage' }>;

/** A landscape that fits the prompt's words, with the prompt written below. Always the same one. */
export async function generate({ prompt, width, height }: GenerateJob): Promise<Picture> {
	const scene = Buffer.from(drawScene(prompt, width, height));
	const words = await caption(prompt, width, height, 0.62);
	return await encode(sharp(scene).composite(words), 'jpg');
}
