import type { Operation } from './operation';

/**
 * `POST /api/l402/restore-face`:
 * `{image, fidelity, background_enhance?, face_upsample?, upscale?, modelId?}`.
 */
export const restoreFace: Operation = {
	value: 'restoreFace',
	name: 'Restore Face',
	action: 'Restore face',
	description: 'Make blurry, damaged or generated faces sharp and natural',
	path: '/api/l402/restore-face',
	takesImage: true,
	defaultMaxPriceSat: 50,
	publishedSats: '5 to 25',
	isPricedByModel: true,
	fields: [
		{
			displayName: 'Fidelity',
			name: 'fidelity',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
			default: 0.5,
			hint: '0 = the sharpest face, 1 = the face most like the original',
			description: 'How much of the face in the picture is kept',
			routing: { send: { type: 'body', property: 'fidelity' } },
		},
	],
	optionNames: ['backgroundEnhance', 'faceUpsample', 'modelId', 'upscale'],
	modelCategory: /restor/i,
	limits: [
		{ key: 'fidelity', label: 'Fidelity', kind: 'number', min: 0, max: 1 },
		{ key: 'background_enhance', optional: true, label: 'Background Enhance', kind: 'boolean' },
		{ key: 'face_upsample', optional: true, label: 'Face Upsample', kind: 'boolean' },
		{ key: 'upscale', optional: true, label: 'Upscale', kind: 'number', min: 1, max: 4 },
		{ key: 'modelId', optional: true, label: 'Model ID', kind: 'id' },
	],
};
