import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/books/openPurchase';
import { mintInvoice, type MintedInvoice } from '../../sandbox/mintInvoice';

/** When the tests begin, in milliseconds since 1970. */
export const NOW = 1_800_000_000_000;
export const HOUR_MS = 60 * 60 * 1_000;
export const DAY_MS = 24 * HOUR_MS;
export const DIGEST = 'd1'.repeat(32);

/** A really signed invoice of regtest; 5 sats for ten minutes, unless told otherwise. */
export function mint(amountMsat: number | null = 5_000, expirySeconds = 600): MintedInvoice {
	return mintInvoice(
		{ network: 'regtest', amountMsat, description: 'x', createdAt: NOW, expirySeconds },
		Buffer.alloc(32, 7),
	);
}

/** A purchase whose payment is under way, but for what is given. */
export function openPurchase(change: Partial<OpenPurchase> = {}): OpenPurchase {
	return {
		digest: DIGEST,
		itemIndex: 0,
		buyer: 'b0b0',
		family: 'f'.repeat(16),
		scheme: 'L402',
		token: 'QUJD',
		invoice: 'lnbcrt1',
		paymentHash: 'ab'.repeat(32),
		amountMsat: '5000',
		maxFeeMsat: '2000',
		expiresAt: NOW + 600_000,
		wallet: 'lnd',
		walletKey: 'feed',
		status: 'paying',
		preimage: null,
		feeMsat: null,
		paidAt: null,
		imageUrl: null,
		refusedAt: null,
		unservedSince: null,
		letGoAt: null,
		...change,
	};
}

/** The same, paid with a fee of half a sat. */
export function paidPurchase(change: Partial<OpenPurchase> = {}): OpenPurchase {
	return openPurchase({ status: 'paid', preimage: '12'.repeat(32), feeMsat: '500', ...change });
}
