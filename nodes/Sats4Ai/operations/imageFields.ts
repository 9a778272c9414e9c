import type { INodeProperties } from 'n8n-workflow';

/**
 * Where the picture to work on comes from. None is `required`: n8n would refuse the workflow where
 * `imageSource` is an expression, since it then shows, and wants, all three. An empty one is refused
 * when its item's turn comes.
 */
export const imageFields: INodeProperties[] = [
	{
		displayName: 'Image Source',
		name: 'imageSource',
		type: 'options',
		options: [
			{ name: 'Base64', value: 'base64', description: 'Text: base64 or a data URI' },
			{ name: 'Binary File', value: 'binary', description: 'A file that comes with the item' },
			{ name: 'URL', value: 'url', description: 'A picture on the web' },
		],
		default: 'binary',
		description: 'Where the picture to work on comes from',
	},
	{
		displayName: 'Input Data Field Name',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		hint: 'The name of the input field containing the picture',
		displayOptions: { show: { imageSource: ['binary'] } },
	},
	{
		displayName: 'Image (Base64)',
		name: 'imageBase64',
		type: 'string',
		default: '',
		placeholder: 'e.g. iVBORw0KGgo…',
		description: 'The picture as base64 text, with or without a data URI in front',
		displayOptions: { show: { imageSource: ['base64'] } },
	},
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/photo.jpg',
		description: 'Address of the picture, fetched by this node',
		displayOptions: { show: { imageSource: ['url'] } },
	},
];
