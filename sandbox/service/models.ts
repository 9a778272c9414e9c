import type { Prices } from './endpoints';

/** A model that can be named in a request body. It changes the list, not the picture. */
export interface ListedModel {
	readonly id: number | string;
	readonly name: string;
	readonly tier: string;
	readonly price: keyof Prices;
	readonly isDefault: boolean;
	readonly category: string;
}

/** In the shape of the service's list: its ids are numbers, or texts where a model has a name of its own. */
export const models: readonly ListedModel[] = [
	listed(2, 'Painter', 'Standard', 'generateStandard', 'image'),
	listed(8, 'Painter Plus', 'Better', 'generateBetter', 'image'),
	listed(16, 'Painter Pro', 'Best', 'generateBest', 'image', true),
	listed(21, 'Retoucher', 'Standard', 'editImage', 'image-edit'),
	listed(22, 'Retoucher Pro', 'Best', 'editImage', 'image-edit', true),
	listed(31, 'Portrait', 'Standard', 'restoreFace', 'restore-face', true),
	listed(41, 'Magnifier', 'Standard', 'upscaleImage', 'upscale-image', true),
	listed('magnifier-sharp', 'Magnifier Sharp', 'Best', 'upscaleImage', 'upscale-image'),
	listed(51, 'Crayon', 'Standard', 'colorizeImage', 'colorize-image', true),
];

function listed(
	id: ListedModel['id'],
	name: string,
	tier: string,
	price: keyof Prices,
	category: string,
	isDefault = false,
): ListedModel {
	return { id, name, tier, price, isDefault, category };
}
