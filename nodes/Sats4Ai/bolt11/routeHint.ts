import { bytesExactly } from './words';
import { InvoiceInvalid } from './invalid';

/** One private channel towards the payee. */
export interface RouteHop {
	/** Public key of the node at the start of the channel, 66 hex digits. */
	readonly pubkey: string;
	/** Block, transaction and output: `589390x3312x1`. */
	readonly shortChannelId: string;
	readonly feeBaseMsat: number;
	/** Millionths of the amount. */
	readonly feePpm: number;
	/** Blocks. */
	readonly cltvExpiryDelta: number;
}

/** The way from a public node to the payee, in order. */
export type RouteHint = readonly RouteHop[];

const PUBKEY_BYTES = 33;
const HOP_BYTES = 51;

/** Reads one `r` field (BOLT 11). Throws `InvoiceInvalid` where it ends inside a hop. */
export function readRouteHint(words: Uint8Array): RouteHint {
	const bytes = bytesExactly(words);
	if (bytes.length === 0 || bytes.length % HOP_BYTES !== 0) {
		throw new InvoiceInvalid('a route hint is cut short');
	}
	const hops: RouteHop[] = [];
	for (let start = 0; start < bytes.length; start += HOP_BYTES) {
		hops.push(readHop(bytes.subarray(start, start + HOP_BYTES)));
	}
	return hops;
}

function readHop(bytes: Buffer): RouteHop {
	const block = bytes.readUIntBE(PUBKEY_BYTES, 3);
	const transaction = bytes.readUIntBE(PUBKEY_BYTES + 3, 3);
	const output = bytes.readUInt16BE(PUBKEY_BYTES + 6);
	return {
		pubkey: bytes.toString('hex', 0, PUBKEY_BYTES),
		shortChannelId: `${block}x${transaction}x${output}`,
		feeBaseMsat: bytes.readUInt32BE(PUBKEY_BYTES + 8),
		feePpm: bytes.readUInt32BE(PUBKEY_BYTES + 12),
		cltvExpiryDelta: bytes.readUInt16BE(PUBKEY_BYTES + 16),
	};
}
