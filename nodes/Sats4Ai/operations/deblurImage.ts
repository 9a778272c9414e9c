import type { Operation } from './operation';

/** `POST /api/l402/deblur-image`: `{image, task_type?}`. Takes up to two minutes. */
export const deblurImage: Operation = {
	value: 'deblurImage',
	name: 'Deblur Image',
	action: 'Deblur image',
	description: 'Make a shaken or grainy picture clear; takes up to two minutes',
	path: '/api/l402/deblur-image',
	takesImage: true,
	defaultMaxPriceSat: 300,
	publishedSats: '110',
	fields: [],
	optionNames: ['taskType'],
	limits: [
		{
			key: 'task_type',
			optional: true,
			label: 'Task',
			kind: 'oneOf',
			// The service's own spelling.
			values: ['Image Debluring (GoPro)', 'Image Debluring (REDS)', 'Image Denoising'],
		},
	],
};
