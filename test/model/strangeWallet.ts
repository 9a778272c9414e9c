import type { Payer } from '../../nodes/Sats4Ai/l402/payer';
import type { SimulatedWallet } from './simulatedWallet';

/**
 * Another wallet whose address and key have taken the place of the first one's. It has never heard
 * of what it was not told to pay itself, and says the worst of it: that it failed.
 */
export function strangeWallet(
	wallet: SimulatedWallet,
	own: Set<string>,
	isKnownPaid: (paymentHash: string) => boolean,
): Payer {
	return {
		notFoundFinalAfterMs: wallet.notFoundFinalAfterMs,
		lookupPayment: async (invoice, timeoutMs) =>
			own.has(invoice.paymentHash)
				? await wallet.lookupPayment(invoice, timeoutMs)
				: { status: 'failed', cause: 'other', reason: 'it failed, or was never here' },
		payInvoice: async (invoice, limits) => {
			if (!own.has(invoice.paymentHash) && isKnownPaid(invoice.paymentHash)) {
				wallet.complaints.push('a second wallet was told to pay what the first may have paid');
			}
			own.add(invoice.paymentHash);
			return await wallet.payInvoice(invoice, limits);
		},
	};
}
