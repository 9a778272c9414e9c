import { createPublicKey, ECDH, verify } from 'node:crypto';
import { InvoiceInvalid } from './invalid';

/** The last 65 bytes of an invoice. */
export interface InvoiceSignature {
	/** `r` and `s`, 32 bytes each, big-endian. */
	readonly bytes: Buffer;
	/** Which of the keys that fit is meant: 0 to 3. */
	readonly recoveryId: number;
}

const CURVE = 'secp256k1';
/** SEC 2: the field is the integers modulo this prime. */
const FIELD_PRIME =
	0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_ffff_fc2fn;
/** SEC 2: the number of points of the curve. */
const ORDER = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;
/** DER of a SubjectPublicKeyInfo for a compressed secp256k1 point, up to the point (RFC 5480). */
const PUBLIC_KEY_HEADER = Buffer.from('3036301006072a8648ce3d020106052b8104000a032200', 'hex');

/**
 * Checks the signature over `signed`, as BOLT 11 asks: against the payee where the invoice names
 * one (66 hex digits), and then only in its low-S form; otherwise that it is one a key can be
 * recovered from, in either form. Recovery tells nothing about who signed: another invoice
 * with this signature gives another key. Throws `InvoiceInvalid`.
 */
export function checkSignature(
	signed: Buffer,
	signature: InvoiceSignature,
	payee: string | null,
): void {
	const r = numberOf(signature.bytes.subarray(0, 32));
	const s = numberOf(signature.bytes.subarray(32));
	if (r === 0n || r >= ORDER || s === 0n || s >= ORDER || signature.recoveryId > 3) {
		throw new InvoiceInvalid('its signature is out of range');
	}
	if (payee === null) {
		checkRecoverable(r, signature.recoveryId);
		return;
	}
	if (s > ORDER / 2n) throw new InvoiceInvalid('its signature is not in the low-S form');
	if (!isSignedBy(payee, signed, signature.bytes)) {
		throw new InvoiceInvalid('its signature is not by its payee');
	}
}

/**
 * A key can be recovered if r is the x coordinate of a point R (r + order for the recovery ids 2 and
 * 3). Whether that key is the point at infinity is left to the wallet: only a payee who wants no money
 * can bring that about, and to find out takes as long as all the rest (docs/decisions/0011).
 */
function checkRecoverable(r: bigint, recoveryId: number): void {
	const x = recoveryId >= 2 ? r + ORDER : r;
	if (x >= FIELD_PRIME || !isOnCurve(x)) {
		throw new InvoiceInvalid('no key can be recovered from its signature');
	}
}

function isSignedBy(payee: string, signed: Buffer, signature: Buffer): boolean {
	const der = Buffer.concat([PUBLIC_KEY_HEADER, Buffer.from(payee, 'hex')]);
	try {
		const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
		return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
	} catch {
		// Not the encoding of a point: nobody can have signed with it.
		return false;
	}
}

/** Whether there are points with this x: the curve has both of them, or none. */
function isOnCurve(x: bigint): boolean {
	try {
		ECDH.convertKey(Buffer.concat([Buffer.of(2), bytesOf(x)]), CURVE);
		return true;
	} catch {
		return false;
	}
}

function numberOf(bytes: Buffer): bigint {
	return BigInt(`0x${bytes.toString('hex')}`);
}

function bytesOf(number: bigint): Buffer {
	return Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
}
