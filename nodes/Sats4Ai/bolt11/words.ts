import { bech32 } from '@scure/base';
import { InvoiceInvalid } from './invalid';

/** A bech32 string taken apart (BIP-173, without its limit of 90 characters: BOLT 11). */
export interface Bech32 {
	/** What stands before the last `1`, in lower case. */
	readonly humanReadablePart: string;
	/** Five-bit values, without the checksum. */
	readonly words: Uint8Array;
}

const CHECKSUM_WORDS = 6;
const WORD_BITS = 5;

/** Takes a bech32 string apart and checks it. Throws `InvoiceInvalid`. */
export function decodeBech32(text: string): Bech32 {
	if (!/^[\x21-\x7e]*$/.test(text)) throw new InvoiceInvalid('it holds characters bech32 has not');
	const lowerCase = text.toLowerCase();
	if (text !== lowerCase && text !== text.toUpperCase()) {
		throw new InvoiceInvalid('it mixes upper and lower case');
	}
	const separator = lowerCase.lastIndexOf('1');
	if (separator < 1) throw new InvoiceInvalid('it has no separator "1"');
	const data = lowerCase.slice(separator + 1);
	if (data.length < CHECKSUM_WORDS) throw new InvoiceInvalid('it is too short');
	if (/[^02-9ac-hj-np-z]/.test(data)) {
		throw new InvoiceInvalid('it holds characters bech32 has not');
	}
	const decoded = bech32.decodeUnsafe(lowerCase, false);
	if (!decoded) throw new InvoiceInvalid('its checksum is wrong');
	return { humanReadablePart: decoded.prefix, words: Uint8Array.from(decoded.words) };
}

/** Puts a bech32 string together, in lower case. */
export function encodeBech32(humanReadablePart: string, bytes: Uint8Array): string {
	return bech32.encode(humanReadablePart, bech32.toWords(bytes), false);
}

/** The bytes of five-bit words; what is left over of the last word is filled up with zeros. */
export function bytesFilledUp(words: Uint8Array): Buffer {
	const missingBits = (8 - ((words.length * WORD_BITS) % 8)) % 8;
	const filled = new Uint8Array(words.length + Math.ceil(missingBits / WORD_BITS));
	filled.set(words);
	return bytesExactly(filled);
}

/**
 * The whole bytes in five-bit words. Throws `InvoiceInvalid` where more than four bits are left
 * over or one of them is set, which BIP-173 forbids and no writer of invoices does.
 */
export function bytesExactly(words: Uint8Array): Buffer {
	const bytes = bech32.fromWordsUnsafe([...words]);
	if (!bytes) throw new InvoiceInvalid('a field is not padded with zeros to whole bytes');
	return Buffer.from(bytes);
}

/** The big-endian number in five-bit words. */
export function numberIn(words: Uint8Array): bigint {
	let number = 0n;
	for (const word of words) number = (number << 5n) | BigInt(word);
	return number;
}
