import { growingPauses } from '../l402/clock';
import { settleKnown } from '../l402/knownPayment';
import type { Settlement } from '../l402/payment';
import { payableInvoice, paymentRecord, type OpenPurchase } from './books/openPurchase';
import { buy, holding } from './buy';
import { deliver, notStored, receiptOf } from './deliver';
import { pictureOrFailure, settlementFailure } from './failures';
import { heldElsewhere } from './openFailures';
import type { Ports } from './ports';
import { showRefund } from './refund/settleRefund';
import { PurchaseFailure } from './report/failure';
import { reserve, unpaidPurchase } from './reserve';
import { collectPaid } from './service/collectPaid';
import { checkExpiry, checkLimits, type Offer } from './service/offer';
import type { Order } from './service/order';
import { storePaid, type Picture } from './service/storePicture';
import { notBelowZero, paymentTerms, settleNew } from './settle';
import type { Terms } from './terms';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** A proof that this process has used once is not pressed on the service. */
const SETTLEMENT_LAG_MS = 10_000;

/**
 * Pays exactly the invoice of a quote, at most once ever: the wallet is asked first what it knows of
 * it, so that any run, process or machine may repeat the step. What is paid is redeemed, whatever the
 * limits and the clock say; only what is surely unpaid is paid. Throws `PurchaseFailure`.
 */
export async function payQuote<Item>(
	order: Order,
	offer: Offer,
	terms: Terms,
	ports: Ports<Item>,
): Promise<Item> {
	return await buy(order, terms, ports, async () => await settle(order, offer, terms, ports));
}

async function settle<Item>(
	order: Order,
	offer: Offer,
	terms: Terms,
	ports: Ports<Item>,
): Promise<{ item: Item } | null> {
	const { ledger, clock, payer } = ports;
	const unpaid = unpaidPurchase(order, offer, terms, ports);
	await othersEnd(unpaid, terms, ports);
	const known = await settleKnown(payer, payableInvoice(unpaid), paymentTerms(terms, clock), clock);
	// Meanwhile another item or run of this process may have begun with it.
	if (ledger.standingOf(unpaid.paymentHash) === 'busy') return null;
	if (known.status === 'unpaid') {
		checkExpiry(unpaid.expiresAt, clock.now());
		checkLimits(offer, terms);
		const purchase = await reserve(order, offer, terms, ports);
		if (purchase === null) return null;
		return await holding(purchase, ports, async () => {
			const paid = await settleNew(purchase, terms, ports);
			return { item: await deliver(order, paid, terms.requestTimeoutMs, ports) };
		});
	}
	if (known.status !== 'paid') throw settlementFailure(known, unpaid);
	const paid = paidPurchase(unpaid, known, ports);
	if (ledger.standingOf(paid.paymentHash) === 'over')
		return await redeemAgain(order, paid, terms, ports);
	if (!ledger.adopt(paid)) return null;
	return await holding(paid, ports, async () => ({
		item: await deliver(order, paid, terms.requestTimeoutMs, ports),
	}));
}

/** Waits until nobody else of this process works on the quote: no run, and no item of this one. Throws where that takes too long. */
async function othersEnd<Item>(
	purchase: OpenPurchase,
	terms: Terms,
	{ ledger, clock }: Ports<Item>,
): Promise<void> {
	const endAt = clock.elapsedMs() + terms.paymentTimeoutMs + terms.requestTimeoutMs;
	const pauses = growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
	while (ledger.standingOf(purchase.paymentHash) === 'busy') {
		if (clock.cancelled() || clock.elapsedMs() >= endAt) throw heldElsewhere(purchase);
		await clock.sleep(pauses.next().value);
	}
}

/** In nobody's budget here: what was paid before this step is not spent by it. */
function paidPurchase<Item>(
	unpaid: OpenPurchase,
	{ preimage, feeMsat }: Extract<Settlement, { status: 'paid' }>,
	{ clock }: Ports<Item>,
): OpenPurchase {
	return {
		...unpaid,
		family: unpaid.paymentHash,
		status: 'paid',
		preimage,
		feeMsat: feeMsat === null ? null : String(notBelowZero(feeMsat)),
		paidAt: new Date(clock.now()).toISOString(),
	};
}

/** What this process has delivered before: it stays closed, whatever the service says of its proof. */
async function redeemAgain<Item>(
	order: Order,
	paid: OpenPurchase,
	{ requestTimeoutMs }: Terms,
	ports: Ports<Item>,
): Promise<{ item: Item }> {
	const { ledger, store } = ports;
	const payment = paymentRecord(paid);
	const picture =
		ledger.pictures.of(paid) ?? (await askAgain(order, paid, requestTimeoutMs, ports));
	const receipt = { ...receiptOf(paid), ...(await ports.day?.today()) };
	const keep = (kept: Picture) => notStored(paid, kept, ledger);
	const item = await storePaid(store, picture, receipt, payment, keep);
	ledger.pictures.forget(paid);
	return { item };
}

async function askAgain<Item>(
	order: Order,
	paid: OpenPurchase,
	requestTimeoutMs: number,
	ports: Ports<Item>,
): Promise<Picture> {
	const proof = { ...paid, preimage: paid.preimage ?? '' };
	const now = ports.clock.elapsedMs();
	const collected = await collectPaid(order, proof, null, now + requestTimeoutMs, ports, {
		onLink: () => undefined,
		onRefusal: () => undefined,
		unprovenUntilAt: now + SETTLEMENT_LAG_MS,
	});
	const picture = pictureOrFailure(collected, paymentRecord(paid));
	if (picture instanceof PurchaseFailure) throw showRefund(picture);
	return picture;
}
