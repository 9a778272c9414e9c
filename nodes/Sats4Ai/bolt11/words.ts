import { InvoiceInvalid } from './invalid';

/** A bech32 string taken apart (BIP-173, without its limit of 90 characters: BOLT 11). */
export interface Bech32 {
	/** What stands before the last `1`, in lower case. */
	readonly humanReadablePart: string;
	/** Five-bit values, without the checksum. */
	readonly words: Uint8Array;
}

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const CHECKSUM_WORDS = 6;
const NOT_A_WORD = 0xff;

const WORD_OF_CHARACTER = new Uint8Array(128).fill(NOT_A_WORD);
for (let word = 0; word < 32; word++) WORD_OF_CHARACTER[ALPHABET.charCodeAt(word)] = word;

/** What the five bits that leave the checksum register stir back into it. */
const FEEDBACK = Uint32Array.from({ length: 32 }, (_, bits) =>
	[0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].reduce(
		(sum, generator, index) => ((bits >>> index) & 1 ? sum ^ generator : sum),
		0,
	),
);

function checksumOver(checksum: number, word: number): number {
	return (((checksum & 0x1ffffff) << 5) ^ word ^ (FEEDBACK[checksum >>> 25] ?? 0)) >>> 0;
}

/** Takes a bech32 string apart and checks it. Throws `InvoiceInvalid`. */
export function decodeBech32(text: string): Bech32 {
	if (!/^[\x21-\x7e]*$/.test(text)) throw new InvoiceInvalid('it holds characters bech32 has not');
	const lowerCase = text.toLowerCase();
	if (text !== lowerCase && text !== text.toUpperCase()) {
		throw new InvoiceInvalid('it mixes upper and lower case');
	}
	const separator = lowerCase.lastIndexOf('1');
	if (separator < 1) throw new InvoiceInvalid('it has no separator "1"');
	const humanReadablePart = lowerCase.slice(0, separator);
	const words = new Uint8Array(lowerCase.length - separator - 1);
	if (words.length < CHECKSUM_WORDS) throw new InvoiceInvalid('it is too short');

	let checksum = 1;
	for (let i = 0; i < separator; i++) {
		checksum = checksumOver(checksum, lowerCase.charCodeAt(i) >>> 5);
	}
	checksum = checksumOver(checksum, 0);
	for (let i = 0; i < separator; i++) {
		checksum = checksumOver(checksum, lowerCase.charCodeAt(i) & 31);
	}
	for (let i = 0; i < words.length; i++) {
		const word = WORD_OF_CHARACTER[lowerCase.charCodeAt(separator + 1 + i)] ?? NOT_A_WORD;
		if (word === NOT_A_WORD) throw new InvoiceInvalid('it holds characters bech32 has not');
		words[i] = word;
		checksum = checksumOver(checksum, word);
	}
	if (checksum !== 1) throw new InvoiceInvalid('its checksum is wrong');
	return { humanReadablePart, words: words.subarray(0, -CHECKSUM_WORDS) };
}

/** Puts a bech32 string together, in lower case. `humanReadablePart` must be in lower case too. */
export function encodeBech32(humanReadablePart: string, bytes: Buffer): string {
	const words = wordsOf(bytes);
	const prefix = [...humanReadablePart].map((character) => character.charCodeAt(0));
	const spread = [...prefix.map((code) => code >>> 5), 0, ...prefix.map((code) => code & 31)];
	const room = Array.from({ length: CHECKSUM_WORDS }, () => 0);
	const checksum = ([...spread, ...words, ...room].reduce(checksumOver, 1) ^ 1) >>> 0;
	const checksumWords = room.map((_, index) => (checksum >>> (5 * (room.length - 1 - index))) & 31);
	const text = [...words, ...checksumWords].map((word) => ALPHABET.charAt(word)).join('');
	return `${humanReadablePart}1${text}`;
}

/** Bytes as five-bit words, the last one filled up with zeros. */
function wordsOf(bytes: Buffer): number[] {
	const words: number[] = [];
	let value = 0;
	let bits = 0;
	for (const byte of bytes) {
		value = ((value << 8) | byte) & 0xfff;
		bits += 8;
		for (; bits >= 5; bits -= 5) words.push((value >>> (bits - 5)) & 31);
	}
	if (bits > 0) words.push((value << (5 - bits)) & 31);
	return words;
}

/** The bytes of five-bit words; what is left over of the last word is filled up with zeros. */
export function bytesFilledUp(words: Uint8Array): Buffer {
	const bytes = Buffer.alloc(Math.ceil((words.length * 5) / 8));
	let value = 0;
	let bits = 0;
	let length = 0;
	for (const word of words) {
		value = ((value << 5) | word) & 0xfff;
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes[length++] = value >>> bits;
		}
	}
	if (bits > 0) bytes[length] = value << (8 - bits);
	return bytes;
}

/**
 * The whole bytes in five-bit words. Throws `InvoiceInvalid` where more than four bits are left
 * over or one of them is set, which BIP-173 forbids and no writer of invoices does.
 */
export function bytesExactly(words: Uint8Array): Buffer {
	const filledUp = bytesFilledUp(words);
	const leftOver = (words.length * 5) % 8;
	if (leftOver === 0) return filledUp;
	if (leftOver > 4 || filledUp[filledUp.length - 1] !== 0) {
		throw new InvoiceInvalid('a field is not padded with zeros to whole bytes');
	}
	return filledUp.subarray(0, -1);
}

/** The big-endian number in five-bit words. */
export function numberIn(words: Uint8Array): bigint {
	let number = 0n;
	for (const word of words) number = (number << 5n) | BigInt(word);
	return number;
}
