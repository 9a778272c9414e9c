import { bytesExactly, numberIn } from './words';
import { checkFeatures, featureBits } from './features';
import { InvoiceInvalid } from './invalid';

/** The tagged fields of an invoice (BOLT 11, "Tagged Fields"). Hashes and keys are lower-case hex. */
export interface InvoiceFields {
	readonly paymentHash: string;
	readonly paymentSecret: string;
	/** Exactly one of `description` and `descriptionHash` is there. */
	readonly description: string | null;
	readonly descriptionHash: string | null;
	/** The payee's public key (33 bytes) where the invoice names it (field `n`), not a recovered one. */
	readonly payee: string | null;
	/** Seconds after the timestamp; 3600 where the invoice says nothing. May be beyond 2^53. */
	readonly expirySeconds: bigint;
	/** Blocks; 18 where the invoice says nothing. */
	readonly minFinalCltvExpiryDelta: number;
	/** Numbers of the bits that are set, ascending. Even: the payer must know it. */
	readonly features: readonly number[];
}

/** The character of a field in bech32 is how BOLT 11 names it; the number is what it stands for. */
const FIELD = { p: 1, r: 3, '9': 5, x: 6, d: 13, s: 16, n: 19, h: 23, c: 24, m: 27 } as const;

/** In words. A field of another length is not this field, and is skipped (BOLT 11). */
const FIXED_LENGTH: ReadonlyMap<number, number> = new Map([
	[FIELD.p, 52],
	[FIELD.s, 52],
	[FIELD.h, 52],
	[FIELD.n, 53],
]);

/** One hop of a route hint: key, channel, fees, blocks. */
const HOP_BYTES = 51;
const DEFAULT_EXPIRY_SECONDS = 3600n;
const DEFAULT_MIN_FINAL_CLTV_EXPIRY_DELTA = 18n;
/** From here on a lock time is a date and not a block height (BIP-65): no count of blocks is as large. */
const CLTV_LIMIT = 500_000_000n;

/**
 * Reads the words between timestamp and signature. Unknown fields and fields of a wrong length are
 * skipped; of several fields of one kind the first counts. Throws `InvoiceInvalid`.
 */
export function readFields(words: Uint8Array): InvoiceFields {
	const fields = splitFields(words);
	const first = (type: number): Uint8Array | undefined => fields.get(type)?.[0];
	const hex = (type: number): string | null => {
		const data = first(type);
		return data === undefined ? null : bytesExactly(data).toString('hex');
	};

	const paymentHash = hex(FIELD.p);
	if (paymentHash === null) throw new InvoiceInvalid('it has no payment hash');
	const paymentSecret = hex(FIELD.s);
	if (paymentSecret === null) throw new InvoiceInvalid('it has no payment secret');
	const descriptionWords = first(FIELD.d);
	const description = descriptionWords === undefined ? null : readText(descriptionWords);
	const descriptionHash = hex(FIELD.h);
	if (description === null && descriptionHash === null) {
		throw new InvoiceInvalid('it has no description');
	}
	if (description !== null && descriptionHash !== null) {
		throw new InvoiceInvalid('it has two descriptions, one of them hashed');
	}
	const expiry = first(FIELD.x);
	const features = featureBits(fields.get(FIELD['9']) ?? []);
	checkFeatures(features);
	const minFinalCltvExpiryDelta = readCltvExpiryDelta(first(FIELD.c));
	hex(FIELD.m);
	for (const hint of fields.get(FIELD.r) ?? []) checkRouteHint(hint);
	return {
		paymentHash,
		paymentSecret,
		description,
		descriptionHash,
		payee: hex(FIELD.n),
		expirySeconds: expiry === undefined ? DEFAULT_EXPIRY_SECONDS : numberIn(expiry),
		minFinalCltvExpiryDelta,
		features,
	};
}

/** Type, length in two words, data; to the very end. */
function splitFields(words: Uint8Array): ReadonlyMap<number, readonly Uint8Array[]> {
	const fields = new Map<number, Uint8Array[]>();
	let position = 0;
	while (position < words.length) {
		const [type, high, low] = words.subarray(position, position + 3);
		if (type === undefined || high === undefined || low === undefined) {
			throw new InvoiceInvalid('a field is cut short');
		}
		const start = position + 3;
		position = start + high * 32 + low;
		if (position > words.length) throw new InvoiceInvalid('a field runs past the end');
		const data = words.subarray(start, position);
		if ((FIXED_LENGTH.get(type) ?? data.length) !== data.length) continue;
		const sameType = fields.get(type);
		if (sameType === undefined) fields.set(type, [data]);
		else sameType.push(data);
	}
	return fields;
}

function readText(words: Uint8Array): string {
	const bytes = bytesExactly(words);
	const text = bytes.toString('utf8');
	// Decoding puts U+FFFD in the place of what is not UTF-8, and so changes the bytes.
	if (!Buffer.from(text, 'utf8').equals(bytes)) {
		throw new InvoiceInvalid('its description is not UTF-8');
	}
	return text;
}

/** Checks a route hint, which only the wallet reads. Throws `InvoiceInvalid` where it ends inside a hop. */
function checkRouteHint(words: Uint8Array): void {
	const { length } = bytesExactly(words);
	if (length === 0 || length % HOP_BYTES !== 0) {
		throw new InvoiceInvalid('a route hint is cut short');
	}
}

function readCltvExpiryDelta(words: Uint8Array | undefined): number {
	const blocks = words === undefined ? DEFAULT_MIN_FINAL_CLTV_EXPIRY_DELTA : numberIn(words);
	if (blocks >= CLTV_LIMIT) throw new InvoiceInvalid('its last hop needs too many blocks');
	return Number(blocks);
}
