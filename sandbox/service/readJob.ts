import type { PictureJob } from '../pictures/pictureJob';
import { BodyFields, BodyProblem } from './bodyFields';
import type { Operation } from './endpoints';

/** Sizes are "rounded to the nearest multiple of 32"; halves go up. */
function toMultipleOf32(pixels: number): number {
	return Math.round(pixels / 32) * 32;
}

const modelSizes = ['large', 'tiny'] as const;
const aspectRatios = ['match_input_image', '1:1', '4:3', '16:9'] as const;
const outputFormats = ['jpg', 'png', 'webp'] as const;
// The service's own spelling.
const taskTypes = ['Image Debluring (GoPro)', 'Image Debluring (REDS)', 'Image Denoising'] as const;
const models = ['Standard', 'Better', 'Best'] as const;

const readers: Readonly<Record<Operation, (body: BodyFields) => PictureJob>> = {
	colorizeImage(body) {
		const job = {
			operation: 'colorizeImage',
			image: body.image('image'),
			modelSize: body.optionalChoice('model_size', modelSizes) ?? 'large',
		} as const;
		body.nothingElse();
		return job;
	},
	deblurImage(body) {
		const job = {
			operation: 'deblurImage',
			image: body.image('image'),
			taskType: body.optionalChoice('task_type', taskTypes) ?? 'Image Debluring (GoPro)',
		} as const;
		body.nothingElse();
		return job;
	},
	editImage(body) {
		const job = {
			operation: 'editImage',
			prompt: body.text('prompt'),
			image: body.image('image'),
			aspectRatio: body.optionalChoice('aspect_ratio', aspectRatios) ?? 'match_input_image',
			outputFormat: body.optionalChoice('output_format', outputFormats) ?? 'jpg',
		} as const;
		body.optionalModelId('modelId');
		body.nothingElse();
		return job;
	},
	generateImage(body) {
		const input = body.object('input');
		const job = {
			operation: 'generateImage',
			prompt: input.text('prompt'),
			width: toMultipleOf32(input.optionalInteger('width', 256, 1440) ?? 1024),
			height: toMultipleOf32(input.optionalInteger('height', 256, 1440) ?? 1024),
			model: body.optionalChoice('model', models) ?? 'Best',
		} as const;
		input.nothingElse();
		body.nothingElse();
		return job;
	},
	removeBackground(body) {
		const job = { operation: 'removeBackground', image: body.image('image') } as const;
		body.nothingElse();
		return job;
	},
	removeObject(body) {
		const job = {
			operation: 'removeObject',
			image: body.image('image'),
			query: body.text('query'),
		} as const;
		body.nothingElse();
		return job;
	},
	restoreFace(body) {
		const job = {
			operation: 'restoreFace',
			image: body.image('image'),
			fidelity: body.optionalNumber('fidelity', 0, 1) ?? 0.5,
			upscale: body.optionalNumber('upscale', 1, 4) ?? 1,
		} as const;
		body.optionalBoolean('background_enhance');
		body.optionalBoolean('face_upsample');
		body.optionalModelId('modelId');
		body.nothingElse();
		return job;
	},
	upscaleImage(body) {
		const scale = body.optionalNumber('scale', 2, 4) ?? 4;
		if (scale !== 2 && scale !== 4) throw new BodyProblem('"scale" must be 2 or 4.');
		const job = {
			operation: 'upscaleImage',
			image: body.image('image'),
			scale,
			faceEnhance: body.optionalBoolean('face_enhance') ?? false,
		} as const;
		body.optionalModelId('modelId');
		body.nothingElse();
		return job;
	},
};

/** Parses and checks a request body. Throws `BodyProblem` with words for the client. */
export function readJob(operation: Operation, body: Buffer): PictureJob {
	return readers[operation](BodyFields.parse(body));
}
