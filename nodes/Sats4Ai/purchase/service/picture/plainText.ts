/** So much of a file is looked at. */
export const HEAD_BYTES = 4_096;
/** Signs that no text holds; tabs, breaks, form feeds, escapes and an old mark of the end may be there. */
const NOT_IN_TEXT = /[\0-\x07\x0e-\x19\x1c-\x1f]/;

/**
 * Whether the beginning of a file reads as text: of one byte for each sign, UTF-8 or UTF-16, the last
 * also without a mark of its byte order. No file of pixels goes on for long without a control sign.
 */
export function isText(bytes: Buffer): boolean {
	const head = bytes.subarray(0, HEAD_BYTES);
	return !NOT_IN_TEXT.test(head.toString('latin1')) || isUtf16(head);
}

function isUtf16(head: Buffer): boolean {
	const even = head.subarray(0, head.length & ~1);
	const read = [even.toString('utf16le'), Buffer.from(even).swap16().toString('utf16le')];
	return read.some((text) => {
		// What follows half a sign, at the end, is cut off.
		if (/[\0-\x08\x0e-\x1f\p{Cn}\p{Co}]/u.test(text.slice(0, -1))) return false;
		const plain = text.match(/[\t\n\r -~]/g)?.length ?? 0;
		return text.startsWith('\uFEFF') || plain >= text.length / 4;
	});
}
