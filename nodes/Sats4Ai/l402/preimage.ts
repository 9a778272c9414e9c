import { createHash } from 'node:crypto';

const HEX_OF_32_BYTES = /^[0-9a-fA-F]{64}$/;

/**
 * Whether this is the text of a preimage or of a payment hash: 64 hex digits, either case.
 * Nothing else may reach a header, whoever gave it: a wallet, a user, a file.
 */
export function isPreimage(text: unknown): text is string {
	return typeof text === 'string' && HEX_OF_32_BYTES.test(text);
}

/**
 * The payment hash of a preimage: SHA-256 of its 32 bytes, as 64 lower-case hex digits (BOLT 11,
 * field `p`). `preimage` must have passed `isPreimage`; anything else is a mistake of the caller
 * and a `TypeError`, since half-read hex would give the hash of something else.
 */
export function paymentHashOf(preimage: string): string {
	if (!isPreimage(preimage)) throw new TypeError('A preimage is 64 hex digits');
	return createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex');
}

/**
 * Whether `preimage` proves that `paymentHash` was paid: the only test of success that all wallets
 * share. Some report 64 zeros where they have none, which fails here like any other wrong value.
 */
export function preimageProves(preimage: unknown, paymentHash: string): boolean {
	return isPreimage(preimage) && paymentHashOf(preimage) === paymentHash.toLowerCase();
}
