import type { Prices } from '../options';

export type Operation =
	'colorizeImage' | 'editImage' | 'generateImage' | 'restoreFace' | 'upscaleImage';

/** One of the five paid endpoints, as its page describes it. */
export interface Endpoint {
	readonly operation: Operation;
	/** Last part of the path: `/api/l402/<service>`. */
	readonly service: string;
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
		operation: 'editImage',
		service: 'image-edit',
		title: 'Image Editing',
		description: 'Edit an image as described in plain text.',
		tiers: [{ tier: 'Standard', price: 'editImage' }],
	},
	{
		operation: 'generateImage',
		service: 'image',
		title: 'Image Generation',
		description: 'Generate an image from a text prompt.',
		tiers: [
			{ tier: 'Standard', price: 'generateStandard' },
			{ tier: 'Better', price: 'generateBetter' },
			{ tier: 'Best', price: 'generateBest' },
		],
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
	return endpoints.find((endpoint) => endpoint.service === service) ?? null;
}
