import type { Clock } from '../l402/clock';
import { finishPayment, payInvoice, type Settlement } from '../l402/payment';
import type { Ledger } from './books/ledger';
import { payableInvoice, type OpenPurchase } from './books/openPurchase';
import { deliver } from './deliver';
import { settlementFailure } from './failures';
import type { Ports } from './ports';
import { hasComeBack } from './refund/settleRefund';
import { reserve, type Budget } from './reserve';
import { askForOffer } from './service/ask';
import { checkLimits, readOffer, type PriceLimits } from './service/offer';
import type { Order } from './service/order';
import { unforeseenFailure } from './unforeseen';
import { storeFree } from './service/storePicture';

/** What the user allows for one purchase. */
export interface Terms extends PriceLimits, Budget {
	/** The payment and its look-ups. */
	readonly paymentTimeoutMs: number;
	/** Everything after the payment. */
	readonly requestTimeoutMs: number;
}

/**
 * Buys one picture: what a failed run has delivered is taken as it is, an open purchase of the
 * same bytes is finished, or else a new one is made.
 * However it ends, money leaves at most once for it, and what is paid and not delivered stays open
 * in the ledger. Throws `PurchaseFailure`.
 */
export async function buy<Item>(order: Order, terms: Terms, ports: Ports<Item>): Promise<Item> {
	const kept = ports.shelf.take(order.digest, order.itemIndex);
	if (kept !== undefined) return kept;
	for (;;) {
		const earlier = ports.ledger.holdEarlier(order.digest, order.itemIndex, ports.walletKey);
		if (earlier === undefined) return await buyNew(order, terms, ports);
		const finished = await holding(earlier, ports.ledger, async () => {
			if (await hasComeBack(earlier, ports.ledger, ports.refunds)) return null;
			const paid = earlier.status === 'paid' ? earlier : await settleEarlier(earlier, terms, ports);
			return paid === null
				? null
				: { item: await deliver(order, paid, terms.requestTimeoutMs, ports) };
		});
		if (finished !== null) return finished.item;
	}
}

async function buyNew<Item>(order: Order, terms: Terms, ports: Ports<Item>): Promise<Item> {
	const asked = await askForOffer(order, terms.requestTimeoutMs, ports);
	if (asked.status === 'notCharged') return await storeFree(ports.store, asked.picture);
	const offer = readOffer(asked.header, ports.clock.now());
	checkLimits(offer, terms);
	const purchase = await reserve(order, offer, terms, ports);
	return await holding(purchase, ports.ledger, async () => {
		const settlement = await payInvoice(
			ports.payer,
			payableInvoice(purchase),
			paymentTerms(terms, ports.clock),
			ports.clock,
		);
		const paid = recordSettlement(purchase, settlement, ports);
		return await deliver(order, paid, terms.requestTimeoutMs, ports);
	});
}

/** Finds out how an earlier payment ended: paid, or null where it is proven unpaid. */
async function settleEarlier<Item>(
	purchase: OpenPurchase,
	terms: Terms,
	ports: Ports<Item>,
): Promise<OpenPurchase | null> {
	if (purchase.walletKey !== ports.walletKey) {
		throw settlementFailure(
			{ status: 'unknown', reason: 'it was begun from another wallet than the one set now' },
			purchase,
		);
	}
	const { expiresAt } = purchase;
	const mayResend = () =>
		BigInt(purchase.amountMsat) <= terms.maxPriceMsat &&
		BigInt(purchase.amountMsat) <= terms.maxPaymentMsat &&
		ports.ledger.takeOver(purchase, terms.maxTotalMsat);
	const settlement = await finishPayment(
		ports.payer,
		payableInvoice(purchase),
		{ expiresAt, mayResend },
		{ ...paymentTerms(terms, ports.clock), maxFeeMsat: BigInt(purchase.maxFeeMsat) },
		ports.clock,
	);
	if (settlement.status !== 'failed') return recordSettlement(purchase, settlement, ports);
	ports.ledger.closeUnpaid(purchase);
	return null;
}

/** Writes down how a payment ended. Throws its failure where it did not end as paid. */
function recordSettlement<Item>(
	purchase: OpenPurchase,
	settlement: Settlement,
	{ ledger, clock }: Ports<Item>,
): OpenPurchase {
	if (settlement.status === 'failed') ledger.closeUnpaid(purchase);
	if (settlement.status !== 'paid') throw settlementFailure(settlement, purchase);
	const paid: OpenPurchase = {
		...purchase,
		status: 'paid',
		preimage: settlement.preimage,
		feeMsat: settlement.feeMsat === null ? null : String(notBelowZero(settlement.feeMsat)),
		paidAt: new Date(clock.now()).toISOString(),
	};
	ledger.put(paid);
	ledger.paymentEnded(paid.paymentHash);
	return paid;
}

/**
 * Lets go of the purchase, however `work` ends. An error that nobody foresaw becomes a failure that
 * says what is known of the money.
 */
async function holding<Result>(
	purchase: OpenPurchase,
	ledger: Ledger,
	work: () => Promise<Result>,
): Promise<Result> {
	return await work()
		.catch((cause: unknown) => {
			throw unforeseenFailure(cause, ledger.get(purchase.paymentHash) ?? purchase);
		})
		.finally(() => ledger.release(purchase.paymentHash));
}

/** A wallet that reports a negative fee shall not widen the budget. */
function notBelowZero(feeMsat: bigint): bigint {
	return feeMsat < 0n ? 0n : feeMsat;
}

function paymentTerms(terms: Terms, clock: Clock) {
	return { maxFeeMsat: terms.maxFeeMsat, deadlineAt: clock.elapsedMs() + terms.paymentTimeoutMs };
}
