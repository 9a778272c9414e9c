import type { Pieces } from './pieces';

/**
 * The bytes of base64 without any other sign, URL-safe or not, its padding left out or complete; null
 * where a sign is strange or surely missing. Pieces, of one byte for each sign, never become one text.
 */
export function decodeBase64(base64: string | Pieces): Buffer | null {
	const { length } = base64;
	const end =
		typeof base64 === 'string' ? base64.slice(-2) : base64.toString('latin1', length - 2, length);
	const promised = promisedBytes(length, end);
	if (promised === null) return null;
	// Node takes a sign of another script for the one with the same last byte.
	if (typeof base64 === 'string' && Buffer.byteLength(base64) !== length) return null;
	// A strange sign is left out in decoding, so that fewer bytes come than the length promises.
	const bytes =
		typeof base64 === 'string' ? Buffer.from(base64, 'base64') : decodePieces(base64, promised);
	return bytes.length === promised ? bytes : null;
}

/** How many bytes there are in so many signs with these at their end; null where some are missing. */
function promisedBytes(length: number, end: string): number | null {
	const padding = /={0,2}$/.exec(end)?.[0].length ?? 0;
	const digits = length - padding;
	if (digits === 0 || digits % 4 === 1) return null;
	if (padding > 0 && length % 4 !== 0) return null;
	return Math.floor((digits * 3) / 4);
}

/** As `Buffer.from` does; what a piece holds of an unfinished group of four goes to the next one. */
function decodePieces({ parts }: Pieces, promised: number): Buffer {
	const bytes = Buffer.allocUnsafe(promised);
	let at = 0;
	let rest = '';
	for (const part of parts) {
		const text = rest + part.toString('latin1');
		const whole = text.length - (text.length % 4);
		const written = bytes.write(text.slice(0, whole), at, 'base64');
		at += written;
		rest = text.slice(whole);
		// A strange sign, or the end.
		if (written * 4 < whole * 3) break;
	}
	at += bytes.write(rest, at, 'base64');
	return bytes.subarray(0, at);
}
