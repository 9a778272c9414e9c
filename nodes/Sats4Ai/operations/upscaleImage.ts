import type { Operation } from './operation';

/** `POST /api/l402/upscale-image`: `{image, scale, face_enhance?, modelId?}`. */
export const upscaleImage: Operation = {
	value: 'upscaleImage',
	name: 'Upscale Image',
	action: 'Upscale image',
	description: 'Enlarge a picture and recover real detail',
	path: '/api/l402/upscale-image',
	takesImage: true,
	defaultMaxPriceSat: 50,
	publishedSats: '5',
	fields: [
		{
			displayName: 'Scale',
			name: 'scale',
			type: 'options',
			options: [
				{ name: '2×', value: 2 },
				{ name: '4×', value: 4 },
			],
			default: 4,
			description: 'How many times larger each side becomes',
			routing: { send: { type: 'body', property: 'scale' } },
		},
	],
	optionNames: ['faceEnhance', 'modelId'],
	modelCategory: /upscal/i,
	limits: [
		{ key: 'scale', label: 'Scale', kind: 'oneOf', values: [2, 4] },
		{ key: 'face_enhance', optional: true, label: 'Face Enhance', kind: 'boolean' },
		{ key: 'modelId', optional: true, label: 'Model ID', kind: 'id' },
	],
};
