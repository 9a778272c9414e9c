import type { INodeProperties } from 'n8n-workflow';

/** Optional keys of the request bodies, each shown only for operations that name it. */
export const bodyOptionFields: INodeProperties[] = [
	{
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'options',
		options: [
			{ name: '1:1', value: '1:1' },
			{ name: '16:9', value: '16:9' },
			{ name: '4:3', value: '4:3' },
			{ name: 'Match Input Image', value: 'match_input_image' },
		],
		default: 'match_input_image',
		description: 'Shape of the edited picture',
		routing: { send: { type: 'body', property: 'aspect_ratio' } },
	},
	{
		displayName: 'Background Enhance',
		name: 'backgroundEnhance',
		type: 'boolean',
		default: true,
		description: 'Whether to enhance the background too, not just faces',
		routing: { send: { type: 'body', property: 'background_enhance' } },
	},
	{
		displayName: 'Face Enhance',
		name: 'faceEnhance',
		type: 'boolean',
		default: true,
		description: 'Whether to enhance faces while upscaling',
		routing: { send: { type: 'body', property: 'face_enhance' } },
	},
	{
		displayName: 'Face Upsample',
		name: 'faceUpsample',
		type: 'boolean',
		default: true,
		description: 'Whether to give restored faces a higher resolution',
		routing: { send: { type: 'body', property: 'face_upsample' } },
	},
	{
		displayName: 'Model ID',
		name: 'modelId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		description:
			'Which model of the service to use. Leave empty for its best one. Prices in the list are what the service publishes; what is paid is the price of the invoice, and never more than Max Price.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a model…',
				// The list is free: it is there before any wallet is.
				typeOptions: {
					searchListMethod: 'searchModels',
					searchable: true,
					skipCredentialsCheckInRLC: true,
				},
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 16' },
		],
		routing: { send: { type: 'body', property: 'modelId' } },
	},
	{
		displayName: 'Model Size',
		name: 'modelSize',
		type: 'options',
		options: [
			{ name: 'Large', value: 'large', description: 'Best quality' },
			{ name: 'Tiny', value: 'tiny', description: 'Faster' },
		],
		default: 'large',
		description: 'Which variant of the colorizing model to use',
		routing: { send: { type: 'body', property: 'model_size' } },
	},
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: [
			{ name: 'JPG', value: 'jpg' },
			{ name: 'PNG', value: 'png' },
			{ name: 'WebP', value: 'webp' },
		],
		default: 'jpg',
		description: 'File format of the edited picture',
		routing: { send: { type: 'body', property: 'output_format' } },
	},
	{
		displayName: 'Task',
		name: 'taskType',
		type: 'options',
		options: [
			{
				name: 'Deblur',
				value: 'Image Debluring (GoPro)',
				description: 'For pictures that were shaken or moved',
			},
			{
				name: 'Deblur and Clean',
				value: 'Image Debluring (REDS)',
				description: 'For stills of videos, also compressed ones',
			},
			{
				name: 'Denoise',
				value: 'Image Denoising',
				description: 'For grainy pictures, taken in the dark',
			},
		],
		default: 'Image Debluring (GoPro)',
		description: 'What is wrong with the picture',
		routing: { send: { type: 'body', property: 'task_type' } },
	},
	{
		displayName: 'Upscale',
		name: 'upscale',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 4 },
		default: 2,
		description: 'How many times larger each side of the restored picture becomes, from 1 to 4',
		routing: { send: { type: 'body', property: 'upscale' } },
	},
];
