import type { PictureBytes } from './pieces';

/** So much of a file is looked at. */
export const HEAD_BYTES = 4_096;
/** Control signs that texts hold: tabs, breaks, form feeds, escapes and an old mark of the end. */
const IN_TEXT = [0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b];

/**
 * Whether the beginning of a file reads as text: of one byte for each sign, UTF-8 or UTF-16, the last
 * also without a mark of its byte order. No file of pixels goes on for long without a control sign.
 */
export function isText(bytes: PictureBytes): boolean {
	const head = bytes.subarray(0, HEAD_BYTES);
	return head.every((byte) => byte >= 0x20 || IN_TEXT.includes(byte)) || isUtf16(head);
}

function isUtf16(head: Buffer): boolean {
	const even = head.subarray(0, head.length & ~1);
	const read = [even.toString('utf16le'), Buffer.from(even).swap16().toString('utf16le')];
	return read.some((text) => {
		// A zero at its end does no harm.
		const signs = text.slice(0, -1).replace(/[\t\n\f\r]/g, '');
		if (/[\p{Cc}\p{Cn}\p{Co}]/u.test(signs)) return false;
		const plain = text.match(/[\t\n\r -~]/g)?.length ?? 0;
		return text.startsWith('\uFEFF') || plain >= text.length / 4;
	});
}
