import type { Operation } from './operation';

/** `POST /api/l402/remove-background`: `{image}`. Answers with a transparent PNG. */
export const removeBackground: Operation = {
	value: 'removeBackground',
	name: 'Remove Background',
	action: 'Remove background',
	description: 'Cut out what a picture shows, as a transparent PNG',
	path: '/api/l402/remove-background',
	takesImage: true,
	defaultMaxPriceSat: 100,
	publishedSats: '44',
	fields: [],
	optionNames: [],
	limits: [],
};
