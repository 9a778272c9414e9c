import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';
import { PROMPT_HINT, promptField } from './promptField';

/** Side of a picture in pixels; the endpoint takes multiples of 32. */
function sideField(displayName: string, name: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'number',
		typeOptions: { minValue: 256, maxValue: 1440 },
		default: 1024,
		description: 'In pixels, from 256 to 1440; sent as the nearest multiple of 32',
		routing: { send: { type: 'body', property: `input.${name}` } },
	};
}

/** `POST /api/l402/image`: `{input: {prompt, width, height}, model}`, nested unlike the others. */
export const generateImage: Operation = {
	value: 'generateImage',
	name: 'Generate Image',
	action: 'Generate image',
	description: 'Make a new picture from a description',
	path: '/api/l402/image',
	newerName: 'generate-image',
	takesImage: false,
	answersInline: true,
	defaultMaxPriceSat: 500,
	publishedSats: '100 to 200',
	isPricedByModel: true,
	fields: [
		promptField('input.prompt', 'e.g. A lighthouse at dusk, oil painting'),
		{
			displayName: 'Model',
			name: 'model',
			type: 'options',
			options: [
				{ name: 'Best (About 200 Sats)', value: 'Best', description: 'Finest pictures' },
				{ name: 'Better (About 150 Sats)', value: 'Better', description: 'In between' },
				{
					name: 'Standard (About 100 Sats)',
					value: 'Standard',
					description: 'Good for most pictures',
				},
			],
			default: 'Best',
			description: 'The better the model, the higher the price',
			routing: { send: { type: 'body', property: 'model' } },
		},
		sideField('Width', 'width'),
		sideField('Height', 'height'),
	],
	optionNames: [],
	limits: [
		{ key: 'input.prompt', label: 'Prompt', kind: 'text', hint: PROMPT_HINT },
		{ key: 'input.width', label: 'Width', kind: 'number', min: 256, max: 1440, multipleOf: 32 },
		{ key: 'input.height', label: 'Height', kind: 'number', min: 256, max: 1440, multipleOf: 32 },
		{ key: 'model', label: 'Model', kind: 'oneOf', values: ['Standard', 'Better', 'Best'] },
	],
};
