import { colorizeImage } from './colorizeImage';
import { deblurImage } from './deblurImage';
import { editImage } from './editImage';
import { generateImage } from './generateImage';
import type { Operation } from './operation';
import { removeBackground } from './removeBackground';
import { removeObject } from './removeObject';
import { restoreFace } from './restoreFace';
import { upscaleImage } from './upscaleImage';

/** All that the node can do, in the order of the selector. */
export const operations: readonly Operation[] = [
	colorizeImage,
	deblurImage,
	editImage,
	generateImage,
	removeBackground,
	removeObject,
	restoreFace,
	upscaleImage,
];
