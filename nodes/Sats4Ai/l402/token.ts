import { macaroonIdentifier } from './macaroon';

/** What a token says about the payment it is for. */
export type TokenCommitment =
	/** It commits to this payment hash, 64 lower-case hex digits. */
	| { readonly status: 'hash'; readonly paymentHash: string }
	/** No macaroon of a known form, which L402 allows; or several that contradict each other. */
	| { readonly status: 'unreadable' };

/** Version (two bytes), payment hash, token id: L402, "Macaroon Identifier". */
const IDENTIFIER_BYTES = 66;
const HEX_IDENTIFIER = /^[0-9a-fA-F]{132}$/;
const VERSION = 0;
const PAYMENT_HASH_START = 2;
const PAYMENT_HASH_END = 34;

const HEX = /^(?:[0-9a-fA-F]{2})+$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** The payment hash a token commits to, if it can be read. Never throws. */
export function tokenCommitment(token: string): TokenCommitment {
	const [paymentHash, ...others] = paymentHashesIn(token);
	return paymentHash === undefined || others.length > 0
		? { status: 'unreadable' }
		: { status: 'hash', paymentHash };
}

/**
 * Whether a token is for the payment with this hash (64 hex digits). `no` means that what is bought
 * would not be what is paid for. A token may be several, separated by commas: all that can be read
 * must agree, and one that can be read is enough, since the others may be third-party discharges,
 * which commit to nothing. Never throws.
 */
export function tokenCommitsTo(token: string, paymentHash: string): 'yes' | 'no' | 'cannotTell' {
	const hashes = paymentHashesIn(token);
	if (hashes.size === 0) return 'cannotTell';
	return hashes.size === 1 && hashes.has(paymentHash.toLowerCase()) ? 'yes' : 'no';
}

function paymentHashesIn(token: string): Set<string> {
	const hashes = token.split(',').map(paymentHashIn);
	return new Set(hashes.filter((hash) => hash !== null));
}

function paymentHashIn(token: string): string | null {
	for (const bytes of readingsOf(token)) {
		const identifier = macaroonIdentifier(bytes);
		if (identifier !== null) return committedHash(identifier);
	}
	return null;
}

/** Hex first: it is also base64 text, of other bytes. */
function readingsOf(token: string): Buffer[] {
	return [
		...(HEX.test(token) ? [Buffer.from(token, 'hex')] : []),
		...(BASE64.test(token) ? [Buffer.from(token, 'base64')] : []),
	];
}

/** Boltwall writes the identifier as hex digits. */
function committedHash(identifier: Buffer): string | null {
	const text = identifier.toString('latin1');
	const bytes = HEX_IDENTIFIER.test(text) ? Buffer.from(text, 'hex') : identifier;
	if (bytes.length !== IDENTIFIER_BYTES || bytes.readUInt16BE(0) !== VERSION) return null;
	return bytes.toString('hex', PAYMENT_HASH_START, PAYMENT_HASH_END);
}
