import { growingPauses, type Clock } from '../l402/clock';
import type { OpenPurchase } from './books/openPurchase';
import type { PurchaseMemory } from './books/purchaseMemory';
import { heldElsewhere } from './openFailures';
import type { Order } from './service/order';

/** Token and preimage of an invoice that was paid outside this node. */
export interface PaidElsewhere {
	readonly token: string;
	readonly preimage: string;
	readonly paymentHash: string;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Redeems by hand what may be an open purchase of this process. One with this very token and order is
 * held meanwhile, as a run that pays by wallet holds it, and is closed once `work` has succeeded;
 * what only shares the payment hash is somebody's own, and is left alone. `work` gets null for it.
 * Throws where somebody else stays at work on it.
 */
export async function redeemOwn<Result>(
	{ digest }: Order,
	{ token, paymentHash }: PaidElsewhere,
	timeoutMs: number,
	memory: PurchaseMemory,
	clock: Clock,
	work: (own: OpenPurchase | null) => Promise<Result>,
): Promise<Result> {
	const open = memory.get(paymentHash);
	if (open?.token !== token || open.digest !== digest) return await work(null);
	const holder = { execution: {}, comesBack: () => false };
	const endAt = clock.elapsedMs() + timeoutMs;
	const pauses = growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
	while (!memory.holds.take(paymentHash, holder)) {
		if (clock.cancelled() || clock.elapsedMs() >= endAt) throw heldElsewhere(open);
		await clock.sleep(pauses.next().value);
	}
	const result = await work(open).finally(() => memory.holds.release(paymentHash, holder));
	const latest = memory.get(paymentHash);
	if (latest !== undefined) memory.close(latest, 'delivered', '');
	return result;
}
