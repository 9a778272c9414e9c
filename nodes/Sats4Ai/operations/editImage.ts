import type { Operation } from './operation';
import { PROMPT_HINT, promptField } from './promptField';

/** `POST /api/l402/image-edit`: `{prompt, image, aspect_ratio?, output_format?, modelId?}`. */
export const editImage: Operation = {
	value: 'editImage',
	name: 'Edit Image',
	action: 'Edit image',
	description: 'Change a picture as described in words',
	path: '/api/l402/image-edit',
	newerName: 'edit-image',
	takesImage: true,
	defaultMaxPriceSat: 500,
	publishedSats: '200 to 450',
	isPricedByModel: true,
	fields: [
		promptField(
			'prompt',
			'e.g. Remove the background and make it transparent',
			'What to change in the picture, in plain words',
		),
	],
	optionNames: ['aspectRatio', 'modelId', 'outputFormat'],
	modelCategory: /edit/i,
	limits: [
		{ key: 'prompt', label: 'Prompt', kind: 'text', hint: PROMPT_HINT },
		{
			key: 'aspect_ratio',
			optional: true,
			label: 'Aspect Ratio',
			kind: 'oneOf',
			values: ['match_input_image', '1:1', '4:3', '16:9'],
		},
		{
			key: 'output_format',
			optional: true,
			label: 'Output Format',
			kind: 'oneOf',
			values: ['jpg', 'png', 'webp'],
		},
		{ key: 'modelId', optional: true, label: 'Model ID', kind: 'id' },
	],
};
