import type { IDataObject } from 'n8n-workflow';
import { pictureBytes } from '../photo';

const image = pictureBytes().toString('base64');
const colorizeImage = { operation: 'colorizeImage' };
const editImage = { operation: 'editImage', prompt: 'Make it a sunset' };
const generateImage = { operation: 'generateImage', prompt: 'A lighthouse' };
const restoreFace = { operation: 'restoreFace' };
const upscaleImage = { operation: 'upscaleImage' };

/** Every option there is, also those of other operations, which must not be sent. */
const everyOption = {
	aspectRatio: '16:9',
	backgroundEnhance: false,
	faceEnhance: false,
	faceUpsample: true,
	fileName: 'result.png',
	maxFeeSat: 3,
	maxTotalSat: 1000,
	modelId: 'my-model',
	modelSize: 'tiny',
	outputFormat: 'webp',
	skipDedup: true,
	taskType: 'Image Denoising',
	upscale: 3,
	concurrency: 2,
	binaryPropertyOutput: 'picture',
};

/** What the node is told, and what must arrive at the service. */
export interface OrderCase {
	readonly name: string;
	readonly path: string;
	readonly parameters: IDataObject;
	readonly options?: IDataObject;
	readonly body: IDataObject;
	readonly priceSat: number;
}

export const orders: readonly OrderCase[] = [
	{
		name: 'colorizeImage, fewest',
		path: '/api/l402/colorize-image',
		parameters: colorizeImage,
		body: { image },
		priceSat: 5,
	},
	{
		name: 'colorizeImage, all',
		path: '/api/l402/colorize-image',
		parameters: { ...colorizeImage, maxPriceSat: 5 },
		options: everyOption,
		body: { image, model_size: 'tiny' },
		priceSat: 5,
	},
	{
		name: 'editImage, fewest',
		path: '/api/l402/image-edit',
		parameters: editImage,
		body: { prompt: 'Make it a sunset', image },
		priceSat: 200,
	},
	{
		name: 'editImage, all',
		path: '/api/l402/image-edit',
		parameters: { ...editImage, maxPriceSat: 200 },
		options: everyOption,
		body: {
			prompt: 'Make it a sunset',
			image,
			aspect_ratio: '16:9',
			output_format: 'webp',
			modelId: 'my-model',
		},
		priceSat: 200,
	},
	{
		name: 'generateImage, fewest',
		path: '/api/l402/image',
		parameters: generateImage,
		body: { input: { prompt: 'A lighthouse', width: 1024, height: 1024 }, model: 'Best' },
		priceSat: 200,
	},
	{
		name: 'generateImage, all',
		path: '/api/l402/image',
		parameters: {
			...generateImage,
			model: 'Standard',
			width: 1440,
			height: 256,
			maxPriceSat: 100,
		},
		options: everyOption,
		body: { input: { prompt: 'A lighthouse', width: 1440, height: 256 }, model: 'Standard' },
		priceSat: 100,
	},
	{
		name: 'deblurImage, fewest',
		path: '/api/l402/deblur-image',
		parameters: { operation: 'deblurImage' },
		body: { image },
		priceSat: 110,
	},
	{
		name: 'deblurImage, all',
		path: '/api/l402/deblur-image',
		parameters: { operation: 'deblurImage', maxPriceSat: 110 },
		options: everyOption,
		body: { image, task_type: 'Image Denoising' },
		priceSat: 110,
	},
	{
		name: 'removeBackground, fewest',
		path: '/api/l402/remove-background',
		parameters: { operation: 'removeBackground' },
		body: { image },
		priceSat: 44,
	},
	{
		name: 'removeBackground, all',
		path: '/api/l402/remove-background',
		parameters: { operation: 'removeBackground', maxPriceSat: 44 },
		options: everyOption,
		body: { image },
		priceSat: 44,
	},
	{
		name: 'removeObject, fewest',
		path: '/api/l402/remove-object',
		parameters: { operation: 'removeObject', objects: 'person' },
		body: { image, query: 'person' },
		priceSat: 130,
	},
	{
		name: 'removeObject, all',
		path: '/api/l402/remove-object',
		parameters: { operation: 'removeObject', objects: 'the two boats', maxPriceSat: 130 },
		options: everyOption,
		body: { image, query: 'the two boats' },
		priceSat: 130,
	},
	{
		name: 'restoreFace, fewest',
		path: '/api/l402/restore-face',
		parameters: restoreFace,
		body: { image, fidelity: 0.5 },
		priceSat: 5,
	},
	{
		name: 'restoreFace, all',
		path: '/api/l402/restore-face',
		parameters: { ...restoreFace, fidelity: 0, maxPriceSat: 5 },
		options: everyOption,
		body: {
			image,
			fidelity: 0,
			background_enhance: false,
			face_upsample: true,
			upscale: 3,
			modelId: 'my-model',
		},
		priceSat: 5,
	},
	{
		name: 'upscaleImage, fewest',
		path: '/api/l402/upscale-image',
		parameters: upscaleImage,
		body: { image, scale: 4 },
		priceSat: 5,
	},
	{
		name: 'upscaleImage, all',
		path: '/api/l402/upscale-image',
		parameters: { ...upscaleImage, scale: 2, maxPriceSat: 5 },
		options: everyOption,
		body: { image, scale: 2, face_enhance: false, modelId: 'my-model' },
		priceSat: 5,
	},
];
