import { growingPauses } from '../l402/clock';
import type { OpenPurchase } from './books/openPurchase';
import { deliveredElsewhere, heldElsewhere } from './openFailures';
import type { Ports } from './ports';
import type { Order } from './service/order';
import type { Terms } from './terms';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * The open purchase that is to be finished for this item, held for it; null where there is none. One
 * that another attempt at the same execution has is waited for. Throws where that takes too long,
 * and where the other attempt has delivered it: that is no reason to pay again.
 */
export async function heldEarlier<Item>(
	order: Order,
	terms: Terms,
	{ ledger, clock, buyer }: Ports<Item>,
): Promise<OpenPurchase | null> {
	const { digest, itemIndex } = order;
	const endAt = clock.elapsedMs() + terms.paymentTimeoutMs + terms.requestTimeoutMs;
	for (const pauseMs of growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
		const earlier = ledger.find({ digest, itemIndex, buyer });
		if (earlier.status === 'none') return null;
		if (earlier.status === 'held') {
			const { purchase } = earlier;
			// A later try of this run may order something else, and saved books hold a digest alone.
			if (purchase.digest === digest) ledger.orders.noteOrder(purchase.paymentHash, order);
			return purchase;
		}
		if (earlier.status === 'delivered') throw deliveredElsewhere(earlier.purchase);
		if (clock.cancelled() || clock.elapsedMs() >= endAt) throw heldElsewhere(earlier.purchase);
		await clock.sleep(pauseMs);
	}
	return null;
}
