import type { Operation } from './operation';

/** `POST /api/l402/colorize-image`: `{image, model_size?}`. */
export const colorizeImage: Operation = {
	value: 'colorizeImage',
	name: 'Colorize Image',
	action: 'Colorize image',
	description: 'Give a black-and-white photograph natural colors',
	path: '/api/l402/colorize-image',
	takesImage: true,
	defaultMaxPriceSat: 50,
	publishedSats: '5',
	fields: [],
	optionNames: ['modelSize'],
	limits: [
		{
			key: 'model_size',
			optional: true,
			label: 'Model Size',
			kind: 'oneOf',
			values: ['large', 'tiny'],
		},
	],
};
