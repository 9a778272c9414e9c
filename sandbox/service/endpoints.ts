export type Operation =
	| 'colorizeImage'
	| 'deblurImage'
	| 'editImage'
	| 'generateImage'
	| 'removeBackground'
	| 'removeObject'
	| 'restoreFace'
	| 'upscaleImage';

/** Prices in sat. Fractions down to a millisatoshi are fine: 5.001 is 5001 msat. */
export interface Prices {
	readonly colorizeImage: number;
	readonly deblurImage: number;
	readonly editImage: number;
	readonly generateStandard: number;
	readonly generateBetter: number;
	readonly generateBest: number;
	readonly removeBackground: number;
	readonly removeObject: number;
	readonly restoreFace: number;
	readonly upscaleImage: number;
}

/** One of the paid endpoints, as its page describes it. */
export interface Endpoint {
	readonly operation: Operation;
	/** Last part of the path: `/api/l402/<service>`. */
	readonly service: string;
	/** The same by another name, which the service has begun to use. */
	readonly newerName?: string;
	readonly title: string;
	readonly description: string;
	readonly tiers: readonly { readonly tier: string; readonly price: keyof Prices }[];
}

export const endpoints: readonly Endpoint[] = [
	{
		operation: 'colorizeImage',
		service: 'colorize-image',
		title: 'Photo Colorization',
		description: 'Colorize black-and-white or grayscale photos.',
		tiers: [{ tier: 'Standard', price: 'colorizeImage' }],
	},
	{
		operation: 'deblurImage',
		service: 'deblur-image',
		title: 'Image Deblurring',
		description: 'Deblur or denoise an image.',
		tiers: [{ tier: 'Standard', price: 'deblurImage' }],
	},
	{
		operation: 'editImage',
		service: 'image-edit',
		newerName: 'edit-image',
		title: 'Image Editing',
		description: 'Edit an image as described in plain text.',
		tiers: [{ tier: 'Standard', price: 'editImage' }],
	},
	{
		operation: 'generateImage',
		service: 'image',
		newerName: 'generate-image',
		title: 'Image Generation',
		description: 'Generate an image from a text prompt.',
		tiers: [
			{ tier: 'Standard', price: 'generateStandard' },
			{ tier: 'Better', price: 'generateBetter' },
			{ tier: 'Best', price: 'generateBest' },
		],
	},
	{
		operation: 'removeBackground',
		service: 'remove-background',
		title: 'Background Removal',
		description: 'Cut out the subject of an image, as a transparent PNG.',
		tiers: [{ tier: 'Standard', price: 'removeBackground' }],
	},
	{
		operation: 'removeObject',
		service: 'remove-object',
		title: 'Object Removal',
		description: 'Remove an object, named in words, from an image.',
		tiers: [{ tier: 'Standard', price: 'removeObject' }],
	},
	{
		operation: 'restoreFace',
		service: 'restore-face',
		title: 'Face Restoration',
		description: 'Restore blurry, damaged or AI-generated faces.',
		tiers: [{ tier: 'Standard', price: 'restoreFace' }],
	},
	{
		operation: 'upscaleImage',
		service: 'upscale-image',
		title: 'Image Upscaling',
		description: 'Upscale images 2x or 4x.',
		tiers: [{ tier: 'Standard', price: 'upscaleImage' }],
	},
];

export function endpointOf(service: string): Endpoint | null {
	const names = ({ service: name, newerName }: Endpoint) => [name, newerName];
	return endpoints.find((endpoint) => names(endpoint).includes(service)) ?? null;
}
