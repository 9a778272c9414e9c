import { createHash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bech32 } from '@scure/base';

/**
 * Writes invoices, good and bad, word by word: for what no ordinary writer would produce. It shares
 * no code with the decoder but the library for bech32.
 */

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** A field as BOLT 11 names it (the character of its type in bech32), and its words. */
export type Field = readonly [name: string, words: readonly number[]];

export interface Signature {
	/** 64 bytes. */
	readonly bytes: Uint8Array;
	readonly recoveryId: number;
}

/** Signs 32 bytes. */
export type Signer = (hash: Uint8Array) => Signature;

export interface Draft {
	readonly humanReadablePart: string;
	readonly timestamp: number;
	readonly fields: readonly Field[];
	readonly signer: Signer;
}

/** The private key that BOLT 11 publishes for its examples. */
export const EXAMPLE_KEY = Buffer.from(
	'e126f68f7eafcc8b74f54d269fe206be715000f94dac067d1c04a8ca3b2db734',
	'hex',
);
export const EXAMPLE_PAYEE = '03e7156ae33b0a208d0744199163177e909e80176e55d97a2f221ede0f934dd9ad';

export const PAYMENT_HASH = '00'.repeat(31) + '01';
export const PAYMENT_SECRET = '11'.repeat(32);

export function signWith(key: Uint8Array): Signer {
	return (hash) => {
		const signature = secp256k1.sign(hash, key, { prehash: false, format: 'recovered' });
		return { recoveryId: signature[0] ?? 0, bytes: signature.slice(1) };
	};
}

/** A signature from which the point at infinity is recovered, and so no key. */
export const signToInfinity: Signer = (hash) => {
	const nonce = 123_456_789n;
	const { Fn } = secp256k1.Point;
	const { x, y } = secp256k1.Point.BASE.multiply(nonce).toAffine();
	const s = Fn.mul(Fn.create(BigInt(`0x${Buffer.from(hash).toString('hex')}`)), Fn.inv(nonce));
	const bytes = Buffer.from(
		[x, s].map((part) => part.toString(16).padStart(64, '0')).join(''),
		'hex',
	);
	return { bytes, recoveryId: Number(y & 1n) };
};

export const GOOD_FIELDS: readonly Field[] = [
	['p', wordsOfHex(PAYMENT_HASH)],
	['s', wordsOfHex(PAYMENT_SECRET)],
	['d', wordsOfText('coffee')],
	['9', wordsOfBits([8, 14])],
];

export const GOOD_DRAFT: Draft = {
	humanReadablePart: 'lnbc10u',
	timestamp: 1_767_225_600,
	fields: GOOD_FIELDS,
	signer: signWith(EXAMPLE_KEY),
};

/** A good invoice, but for what is given. */
export function write(changes: Partial<Draft> = {}): string {
	const draft = { ...GOOD_DRAFT, ...changes };
	return writeWords(
		draft.humanReadablePart,
		[
			...fixedWords(BigInt(draft.timestamp), 7),
			...draft.fields.flatMap(([name, words]) => [
				ALPHABET.indexOf(name),
				...fixedWords(BigInt(words.length), 2),
				...words,
			]),
		],
		draft.signer,
	);
}

/** A good invoice with other fields: those named are replaced or, if empty, left out. */
export function writeFields(
	changes: Readonly<Record<string, readonly (readonly number[])[]>>,
): string {
	const kept = GOOD_FIELDS.filter(([name]) => changes[name] === undefined);
	const added = Object.entries(changes).flatMap(([name, all]) =>
		all.map((words): Field => [name, words]),
	);
	return write({ fields: [...kept, ...added] });
}

/** Signs any words and adds the checksum. */
export function writeWords(
	humanReadablePart: string,
	words: readonly number[],
	signer: Signer = GOOD_DRAFT.signer,
): string {
	const hash = createHash('sha256').update(humanReadablePart).update(bytesFilledUp(words)).digest();
	const { bytes, recoveryId } = signer(hash);
	return withChecksum(humanReadablePart, [...words, ...wordsOf([...bytes, recoveryId])]);
}

/** Any words as bech32, with a right checksum. */
export function withChecksum(humanReadablePart: string, words: readonly number[]): string {
	return bech32.encode(humanReadablePart, [...words], false);
}

/** The words of a bech32 text, without its checksum. */
export function wordsIn(text: string): number[] {
	const data = text.slice(text.lastIndexOf('1') + 1, -6);
	return [...data].map((character) => ALPHABET.indexOf(character));
}

export function wordsOf(bytes: Iterable<number>): number[] {
	return bech32.toWords(Uint8Array.from(bytes));
}

export function wordsOfHex(hex: string): number[] {
	return wordsOf(Buffer.from(hex, 'hex'));
}

export function wordsOfText(text: string): number[] {
	return wordsOf(Buffer.from(text, 'utf8'));
}

/** A number in as few words as it takes; zero takes none. */
export function wordsOfNumber(number: bigint): number[] {
	return number === 0n ? [] : [...wordsOfNumber(number >> 5n), Number(number & 31n)];
}

export function wordsOfBits(bits: readonly number[]): number[] {
	return wordsOfNumber(bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n));
}

function fixedWords(number: bigint, length: number): number[] {
	return Array.from({ length }, (_, index) =>
		Number((number >> BigInt(5 * (length - 1 - index))) & 31n),
	);
}

/** The bytes of five-bit words; what is left over of the last one is filled up with zeros. */
function bytesFilledUp(words: readonly number[]): Buffer {
	const bits = words.map((word) => word.toString(2).padStart(5, '0')).join('');
	const bytes = bits.match(/.{1,8}/g) ?? [];
	return Buffer.from(bytes.map((byte) => parseInt(byte.padEnd(8, '0'), 2)));
}
