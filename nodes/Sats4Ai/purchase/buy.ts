import type { Ledger } from './books/ledger';
import type { OpenPurchase } from './books/openPurchase';
import { deliver } from './deliver';
import { heldEarlier } from './heldEarlier';
import { changedOrderFailure } from './openFailures';
import type { Ports } from './ports';
import { hasComeBack } from './refund/settleRefund';
import { requireStorage, reserve } from './reserve';
import { askForOffer } from './service/ask';
import { checkLimits, readOffer } from './service/offer';
import type { Order } from './service/order';
import { unforeseenFailure } from './unforeseen';
import { sameBytes } from './service/sameBytes';
import { storeFree } from './service/storePicture';
import { settleEarlier, settleNew } from './settle';
import type { Terms } from './terms';

/** Begins a purchase and ends it; null where there may be an open one by now. */
export type Begin<Item> = (
	order: Order,
	terms: Terms,
	ports: Ports<Item>,
) => Promise<{ item: Item } | null>;

/**
 * Buys one picture: what a failed run has delivered is taken as it is, an open purchase of the
 * same bytes is finished, or else a new one is made.
 * However it ends, money leaves at most once for it, and what is paid and not delivered stays open
 * in the ledger. Throws `PurchaseFailure`.
 */
export async function buy<Item>(
	order: Order,
	terms: Terms,
	ports: Ports<Item>,
	begin: Begin<Item> = buyNew,
): Promise<Item> {
	const kept = ports.shelf.take(order.digest, order.itemIndex);
	if (kept !== undefined) return kept;
	for (;;) {
		const earlier = await heldEarlier(order, terms, ports);
		const bought =
			earlier === null
				? await begin(order, terms, ports)
				: await holding(earlier, ports, async () => await finish(earlier, order, terms, ports));
		if (bought !== null) return bought.item;
	}
}

/** Finishes an open purchase; null where it has ended without a picture to be had. */
async function finish<Item>(
	earlier: OpenPurchase,
	order: Order,
	terms: Terms,
	ports: Ports<Item>,
): Promise<{ item: Item } | null> {
	if (await hasComeBack(earlier, ports.ledger, ports.refunds)) return null;
	const paid = earlier.status === 'paid' ? earlier : await settleEarlier(earlier, terms, ports);
	if (paid === null) return null;
	const its = await orderOf(paid, order, ports.ledger);
	return { item: await deliver(its, paid, terms.requestTimeoutMs, ports) };
}

/** The very order that was paid for. Throws where another try has made another one of it. */
async function orderOf(paid: OpenPurchase, order: Order, ledger: Ledger): Promise<Order> {
	const earlier = ledger.orders.orderOf(paid.paymentHash);
	if (paid.digest === order.digest || earlier === undefined) return order;
	const same = await sameBytes(order, earlier, paid.digest);
	if ('body' in same) return same;
	throw changedOrderFailure(same, paid);
}

/** Null where another attempt at this execution has begun to buy it meanwhile. */
async function buyNew<Item>(
	order: Order,
	terms: Terms,
	ports: Ports<Item>,
): Promise<{ item: Item } | null> {
	requireStorage(ports.ledger.family);
	const asked = await askForOffer(order, terms.requestTimeoutMs, ports);
	if (asked.status === 'notCharged') return { item: await storeFree(ports.store, asked.picture) };
	const offer = readOffer(asked.header, ports.clock.now());
	checkLimits(offer, terms);
	const purchase = await reserve(asked.order, offer, terms, ports);
	if (purchase === null) return null;
	return await holding(purchase, ports, async () => {
		const paid = await settleNew(purchase, terms, ports);
		return { item: await deliver(order, paid, terms.requestTimeoutMs, ports) };
	});
}

/**
 * Lets go of the purchase, however `work` ends. An error that nobody foresaw becomes a failure that
 * says what is known of the money.
 */
export async function holding<Result, Item>(
	purchase: OpenPurchase,
	{ ledger, day }: Ports<Item>,
	work: () => Promise<Result>,
): Promise<Result> {
	return await work()
		.catch((cause: unknown) => {
			throw unforeseenFailure(cause, ledger.get(purchase.paymentHash) ?? purchase);
		})
		.finally(() => {
			ledger.release(purchase.paymentHash);
			day?.release(purchase);
		});
}
