import type { JsonObject } from '../../l402/json';
import { absoluteLink } from './answerText';
import { readBase64Picture } from './picture/base64Picture';

/** Keys of a link to the picture. */
export const LINK_KEYS = [
	...['image_url', 'imageUrl', 'url', 'output_url', 'outputUrl', 'result_url', 'resultUrl'],
	...['download_url', 'downloadUrl', 'uri'],
];
/** Keys of the picture itself. */
export const BYTES_KEYS = [
	...['base64Image', 'base64_image', 'image_base64', 'imageBase64', 'image', 'b64_json', 'base64'],
	...['b64', 'data', 'image_data', 'imageData'],
];
const LONGEST_PATH = 256;
const ANY_LINK = /^(?!\s*data:)\S/i;
/** Under a key that is for bytes only what must be an address counts as one. */
const SURE_LINK = /^(?:https?:\/\/\S+|\/\S*\.\w{3,5}(?:\?\S*)?)$/i;
/** The link to the picture under a key that is for links, absolute; null where there is none. */
export function linkBeside(object: JsonObject, serviceUrl: string): string | null {
	return firstLink(object, LINK_KEYS, serviceUrl, ANY_LINK);
}

/** A link that stands in place of the picture itself. */
export function linkInPlace(object: JsonObject, serviceUrl: string): string | null {
	return firstLink(object, BYTES_KEYS, serviceUrl, SURE_LINK);
}

function firstLink(
	object: JsonObject,
	keys: readonly string[],
	serviceUrl: string,
	shape: RegExp,
): string | null {
	for (const key of keys) {
		const value = object[key];
		if (typeof value !== 'string' || !shape.test(value) || isPictureText(value)) continue;
		const url = absoluteLink(value, serviceUrl);
		if (url !== null) return url;
	}
	return null;
}

/** Whether a text is a picture, damaged or not: as base64 it would pass for a path. */
function isPictureText(text: string): boolean {
	return text.length > LONGEST_PATH && 'bytes' in readBase64Picture(text);
}
