import { decodeBase64 } from './base64';
import { endsInTheMiddle } from './format';
import { knownFormat } from './knownFormats';
import type { Pieces } from './pieces';

/** The picture that a text holds, or why there is none to be had. */
export type TextPicture =
	| { readonly kind: 'picture'; readonly bytes: Buffer }
	/** Not base64, or not any more: signs are lost or strange. */
	| { readonly kind: 'notBase64' }
	/** Base64 of something else. */
	| { readonly kind: 'noPicture' }
	/** A picture, and its end is missing. */
	| { readonly kind: 'cut'; readonly bytes: Buffer };

/** What stands before the base64 of a data URI; a name in it may be long. */
const HEADER = /(?:^|[:;,])\s*base64\s*(?:;[^,]*)?,/i;
const MAX_HEADER_LENGTH = 65_536;
/** Enough for every signature, in whole groups of four. */
const START_LENGTH = 1_024;

/**
 * Reads a picture from base64 or a data URI, URL-safe or not, with line breaks or without, and with
 * no padding or all of it. Escapes of URLs, HTML and JSON are undone, and a `+` that became a blank
 * is put back where that gives a whole picture.
 */
export function readBase64Picture(text: string): TextPicture {
	let best: TextPicture = { kind: 'notBase64' };
	for (const candidate of candidatesOf(withoutHeader(unescaped(text)))) {
		const read = decodePicture(candidate);
		if (read.kind === 'picture') return read;
		if (best.kind !== 'cut' && read.kind !== 'notBase64') best = read;
	}
	return best;
}

/** The same for text that nothing has happened to; a line break in it is no damage, a blank may be. */
export function readCleanPicture(text: string): TextPicture {
	const base64 = withoutHeader(text.trim());
	const read = decodePicture(base64);
	return read.kind === 'notBase64' && /[\r\n]/.test(base64)
		? decodePicture(base64.replace(/[\r\n\t]+/g, ''))
		: read;
}

/** Whether a text claims to be data, and not base64. */
export function isOtherDataUri(text: string): boolean {
	return /^\s*data:/i.test(text) && !HEADER.test(text.slice(0, MAX_HEADER_LENGTH));
}

/** Reads a picture from base64 that stands alone, with its padding or without, and with no other sign. */
export function decodePicture(base64: string | Pieces): TextPicture {
	// Most texts are no picture: their first bytes tell.
	const start =
		typeof base64 === 'string'
			? base64.slice(0, START_LENGTH)
			: base64.toString('latin1', 0, START_LENGTH);
	if (knownFormat(Buffer.from(start, 'base64')) === null) {
		return decodeBase64(start) === null ? { kind: 'notBase64' } : { kind: 'noPicture' };
	}
	const bytes = decodeBase64(base64);
	if (bytes === null) return { kind: 'notBase64' };
	return endsInTheMiddle(bytes) ? { kind: 'cut', bytes } : { kind: 'picture', bytes };
}

function withoutHeader(text: string): string {
	const header = HEADER.exec(text.slice(0, MAX_HEADER_LENGTH));
	return header === null ? text : text.slice(header.index + header[0].length);
}

const ESCAPES = [/%([0-9a-f]{2})/gi, /&#x([0-9a-f]{1,4});/gi, /\\u([0-9a-f]{4})/gi] as const;
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;
/** So often a text may have been escaped on its way. */
const MOST_ROUNDS = 3;

/** Undoes what passing a text through a URL, HTML or JSON does to it. A blank at its end may be a `+`. */
function unescaped(text: string): string {
	let plain = text.trimStart();
	for (let round = 0; round < MOST_ROUNDS && /[%&\\]/.test(plain); round += 1) {
		plain = plain.replace(/\\[nrt]/g, '').replace(/\\\//g, '/');
		for (const escape of ESCAPES) {
			plain = plain.replace(escape, (_whole, hex: string) =>
				String.fromCharCode(parseInt(hex, 16)),
			);
		}
		plain = plain.replace(/&#(\d{1,5});/g, (_whole, code: string) => String.fromCharCode(+code));
	}
	const seen = /[^\0-\x7f]/.test(plain) ? plain.replace(UNSEEN, '') : plain;
	return unquoted(seen);
}

/** A text in quotes, also as Python writes bytes. */
function unquoted(text: string): string {
	const quote = /^b?(["'`])/.exec(text);
	const inner = text.trimEnd();
	if (quote?.[1] === undefined || !inner.endsWith(quote[1])) return text;
	return inner.slice(quote[0].length, -1);
}

/** What the base64 may have been, the likeliest first. */
function candidatesOf(text: string): string[] {
	const lines = text.trimStart().replace(/[^\S ]+/g, '');
	if (!lines.includes(' ')) return [lines];
	const dropped = lines.replace(/ /g, '');
	// Where such signs came through, none was lost.
	if (/[+_-]/.test(dropped)) return [dropped];
	const restored = [lines.replace(/ /g, '+'), lines.trimEnd().replace(/ /g, '+')];
	return isEvenlySpaced(lines) ? [dropped, ...restored] : [...restored, dropped];
}

/** Blanks between groups of the same length are a layout. */
function isEvenlySpaced(text: string): boolean {
	const groups = text.trimEnd().split(/ +/);
	const length = groups[0]?.length ?? 0;
	const [last = ''] = groups.splice(-1);
	return (
		groups.length > 1 && last.length <= length && groups.every((group) => group.length === length)
	);
}
