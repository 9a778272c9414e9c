import { bytesExactly, bytesFilledUp, decodeBech32, numberIn } from './words';
import { readFields, type InvoiceFields } from './fields';
import { InvoiceInvalid } from './invalid';
import { readPrefix, type InvoicePrefix } from './prefix';
import { checkSignature } from './signature';

export { InvoiceInvalid } from './invalid';
export type { Network } from './prefix';

/** A decoded BOLT 11 invoice. All numbers are as written in it; no clock has been asked. */
export interface Invoice extends InvoicePrefix, InvoiceFields {
	/** Lower case, without a `lightning:` prefix: what a wallet is given. */
	readonly text: string;
	/** When it was made, in seconds since 1970. */
	readonly timestamp: number;
	/** When it ends, in milliseconds since 1970; at most the last instant a `Date` can hold. */
	readonly expiresAt: number;
	/** `r` and `s`, 128 hex digits. */
	readonly signature: string;
	/** 0 to 3. */
	readonly recoveryFlag: number;
}

const URI_PREFIX = /^lightning:/i;
/** LND's limit; the largest QR code holds no more digits. Longer ones no wallet would take. */
const MAX_LENGTH = 7_089;
const TIMESTAMP_WORDS = 7;
const SIGNATURE_WORDS = 104;
const SIGNATURE_BYTES = 64;
/** The last instant a `Date` can hold (ECMAScript, "Time Values and Time Range"). */
const LAST_INSTANT_MS = 8_640_000_000_000_000n;

/**
 * Decodes an invoice as strictly as BOLT 11 allows: what the specification says to skip is skipped,
 * what it says must fail fails, and where it is silent the text is refused rather than guessed at.
 * `text` may be in upper case and may begin with `lightning:`. Whether the invoice has an amount,
 * is for the right network and has not expired is for the caller to check.
 *
 * Throws `InvoiceInvalid` and nothing else.
 */
export function decodeInvoice(text: string): Invoice {
	const bare = text.replace(URI_PREFIX, '');
	if (bare.length > MAX_LENGTH) {
		throw new InvoiceInvalid(`it is longer than ${MAX_LENGTH} characters`);
	}
	const { humanReadablePart, words } = decodeBech32(bare);
	const prefix = readPrefix(humanReadablePart);
	if (words.length < TIMESTAMP_WORDS + SIGNATURE_WORDS) {
		throw new InvoiceInvalid('it is too short');
	}
	const signedWords = words.subarray(0, -SIGNATURE_WORDS);
	const timestamp = numberIn(signedWords.subarray(0, TIMESTAMP_WORDS));
	const fields = readFields(signedWords.subarray(TIMESTAMP_WORDS));

	const signatureBytes = bytesExactly(words.subarray(-SIGNATURE_WORDS));
	const signature = signatureBytes.subarray(0, SIGNATURE_BYTES);
	const recoveryFlag = signatureBytes.readUInt8(SIGNATURE_BYTES);
	const signed = Buffer.concat([Buffer.from(humanReadablePart), bytesFilledUp(signedWords)]);
	checkSignature(signed, { bytes: signature, recoveryId: recoveryFlag }, fields.payee);

	return {
		text: bare.toLowerCase(),
		...prefix,
		timestamp: Number(timestamp),
		expiresAt: endOf(timestamp, fields.expirySeconds),
		...fields,
		signature: signature.toString('hex'),
		recoveryFlag,
	};
}

/** The invoice, or why it is none that may be paid. Never throws. */
export function tryDecodeInvoice(text: string): Invoice | InvoiceInvalid {
	try {
		return decodeInvoice(text);
	} catch (cause) {
		return cause instanceof InvoiceInvalid ? cause : new InvoiceInvalid('it cannot be decoded');
	}
}

function endOf(timestamp: bigint, expirySeconds: bigint): number {
	const endMs = (timestamp + expirySeconds) * 1000n;
	return Number(endMs < LAST_INSTANT_MS ? endMs : LAST_INSTANT_MS);
}
