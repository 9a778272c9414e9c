import sharp from 'sharp';
import { encode } from './encode';
import type { Picture } from './picture';
import type { PictureJob } from './pictureJob';

type EditJob = Extract<PictureJob, { operation: 'editImage' }>;

export async function edit(job: EditJob): Promise<Picture> {
	return await encode(sharp(job.image).autoOrient().modulate({ hue: 40 }), job.outputFormat);
}
