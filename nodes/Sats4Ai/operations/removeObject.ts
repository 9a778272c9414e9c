import type { Operation } from './operation';

/** `POST /api/l402/remove-object`: `{image, query}`. */
export const removeObject: Operation = {
	value: 'removeObject',
	name: 'Remove Object',
	action: 'Remove object',
	description: 'Take something out of a picture and fill the gap',
	path: '/api/l402/remove-object',
	takesImage: true,
	defaultMaxPriceSat: 300,
	publishedSats: '130',
	fields: [
		{
			displayName: 'Objects',
			name: 'objects',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. person',
			description: 'What is to vanish from the picture, in a word or two',
			routing: { send: { type: 'body', property: 'query' } },
		},
	],
	optionNames: [],
	limits: [{ key: 'query', label: 'Objects', kind: 'text', hint: 'Name what is to vanish.' }],
};
