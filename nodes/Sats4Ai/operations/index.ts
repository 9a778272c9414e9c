import { colorizeImage } from './colorizeImage';
import { editImage } from './editImage';
import { generateImage } from './generateImage';
import type { Operation } from './operation';
import { restoreFace } from './restoreFace';
import { upscaleImage } from './upscaleImage';

/** All that the node can do, in the order of the selector. */
export const operations: readonly Operation[] = [
	colorizeImage,
	editImage,
	generateImage,
	restoreFace,
	upscaleImage,
];
