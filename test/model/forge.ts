import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import type { InvoicePool } from './invoicePool';
import type { Forgery } from './schedule';

/** What n8n hands to a *Retry*: a copy of the saved books, or what somebody has made of it. */
export function handedOver(
	state: LedgerState | null,
	forgery: Forgery,
	{ expensive }: InvoicePool,
): unknown {
	if (state === null) return null;
	const copy = JSON.parse(JSON.stringify(state)) as LedgerState;
	const [, some] = Object.entries(copy.open)[0] ?? [];
	switch (forgery) {
		case 'beside':
			// All that the invoice says too, and says otherwise.
			for (const [hash, purchase] of Object.entries(copy.open)) {
				copy.open[hash] = {
					...purchase,
					paymentHash: 'ff'.repeat(32),
					amountMsat: '1',
					expiresAt: 1,
					status: 'paid',
					preimage: purchase.preimage ?? '00'.repeat(32),
					feeMsat: '-999999',
				};
			}
			return copy;
		case 'dear':
			if (some === undefined) return copy;
			copy.open['0'] = {
				...some,
				token: Buffer.from('a forged token').toString('base64'),
				invoice: expensive.text,
				status: 'paying',
				preimage: null,
			};
			return copy;
		case 'junk':
			return {
				...copy,
				spentMsat: '-999999',
				open: { ...copy.open, constructor: { invoice: 5 }, x: null, y: [] },
				delivered: { ...copy.delivered, x: {}, 900: { digest: 1, item: 'none' } },
			};
		default:
			return copy;
	}
}
