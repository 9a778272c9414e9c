import { colorize } from './colorize';
import { deblur } from './deblur';
import { edit } from './edit';
import { generate } from './generate';
import type { Picture } from './picture';
import type { PictureJob } from './pictureJob';
import { plainPicture } from './plainPicture';
import { removeBackground, removeObject } from './remove';
import { restore } from './restore';
import { upscale } from './upscale';

/** Does the job. `serial` numbers the plain pictures and is not used for real ones. */
export async function makePicture(
	job: PictureJob,
	pictures: 'real' | 'plain',
	serial: number,
): Promise<Picture> {
	if (pictures === 'plain') return plainPicture(serial);
	switch (job.operation) {
		case 'colorizeImage':
			return await colorize(job.image);
		case 'deblurImage':
			return await deblur(job.image, job.taskType);
		case 'editImage':
			return await edit(job);
		case 'generateImage':
			return await generate(job);
		case 'removeBackground':
			return await removeBackground(job.image);
		case 'removeObject':
			return await removeObject(job.image, job.query);
		case 'restoreFace':
			return await restore(job.image, job.fidelity, job.upscale);
		case 'upscaleImage':
			return await upscale(job.image, job.scale, job.faceEnhance);
	}
}
