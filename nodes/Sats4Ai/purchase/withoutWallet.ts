import type { Payer } from '../l402/payer';
import { buy } from './buy';
import type { Books, Purse, Shop } from './ports';
import type { PurchaseFailure } from './report/failure';
import type { Order } from './service/order';
import type { Terms } from './terms';

/**
 * Finishes what is open for an item although its wallet cannot be had: what is paid is redeemed,
 * which takes no wallet, and what may be paid is told. Nothing is begun, and nothing can be paid.
 * @param trouble Why there is no wallet; thrown where nothing is open.
 */
export async function finishWithoutWallet<Item>(
	order: Order,
	limits: Omit<Terms, 'maxPaymentMsat' | 'network' | 'paymentTimeoutMs'>,
	ports: Shop & Books<Item> & Pick<Purse, 'buyer'>,
	trouble: PurchaseFailure,
): Promise<Item> {
	const terms: Terms = { ...limits, maxPaymentMsat: 0n, network: 'mainnet', paymentTimeoutMs: 1 };
	const purse: Purse = {
		payer: absent(trouble.message),
		// Neither is ever written down, since nothing is begun.
		wallet: 'lnbits',
		walletKey: '',
		buyer: ports.buyer,
		day: null,
		refunds: null,
	};
	return await buy(order, terms, { ...ports, ...purse }, async () => {
		throw trouble;
	});
}

/** A wallet that nobody can ask. */
function absent(reason: string): Payer {
	return {
		payInvoice: async () => ({ status: 'notSent', cause: 'unreachable', reason }),
		lookupPayment: async () => ({ status: 'unknown', reason }),
		notFoundFinalAfterMs: Infinity,
	};
}
