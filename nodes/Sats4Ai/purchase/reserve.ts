import { sats } from '../bolt11/amountText';
import type { Family } from './books/family';
import type { OpenPurchase } from './books/openPurchase';
import type { Ports } from './ports';
import { cancelled, PurchaseFailure } from './report/failure';
import { satOf } from './report/receipt';
import { checkExpiry, invoiceLifeMs, type Offer } from './service/offer';
import type { Order } from './service/order';
import type { Budget } from './terms';

/**
 * Writes the purchase down and reserves its cost, which must happen before the wallet is called
 * and in one step with the checks of the budget and of the cap per day. Waits where a payment under
 * way may still free some of its reservation. Null where another attempt at the same execution has begun to buy it.
 */
export async function reserve<Item>(
	order: Order,
	offer: Offer,
	budget: Budget,
	ports: Ports<Item>,
): Promise<OpenPurchase | null> {
	const { ledger, day, clock } = ports;
	const purchase = unpaidPurchase(order, offer, budget, ports);
	for (;;) {
		if (clock.cancelled()) throw cancelled();
		requireStorage(ledger.family);
		checkExpiry(purchase.expiresAt, clock.now());
		const wait = day === null ? null : day.check(purchase);
		if (wait !== null) {
			await wait;
			continue;
		}
		const begun = ledger.begin(purchase, order, budget.maxTotalMsat);
		if (begun === 'elsewhere') return null;
		if (begun === 'begun') {
			ledger.arrivals.leave(purchase.paymentHash, invoiceLifeMs(offer.invoice));
			day?.enter(purchase);
			return purchase;
		}
		if (begun === 'taken') {
			throw new PurchaseFailure(
				'CHALLENGE_INVALID',
				'The service sent an invoice that another purchase is already using',
				'Nothing was paid for this item. Report it to the service: each request needs its own.',
			);
		}
		if (!ledger.family.mayFreeUp) throw budgetExceeded(purchase, budget, ledger.family);
		await ledger.family.nextChange();
	}
}

/** The purchase of an offer, before anybody has paid. */
export function unpaidPurchase<Item>(
	order: Order,
	offer: Offer,
	budget: Budget,
	{ ledger, wallet, walletKey, buyer }: Ports<Item>,
): OpenPurchase {
	return {
		digest: order.digest,
		itemIndex: order.itemIndex,
		buyer,
		family: ledger.family.id,
		scheme: offer.challenge.scheme,
		token: offer.challenge.token,
		invoice: offer.invoice.text,
		paymentHash: offer.invoice.paymentHash,
		amountMsat: String(offer.amountMsat),
		maxFeeMsat: String(budget.maxFeeMsat),
		expiresAt: offer.invoice.expiresAt,
		wallet,
		walletKey,
		status: 'paying',
		preimage: null,
		feeMsat: null,
		paidAt: null,
		imageUrl: null,
		refusedAt: null,
		unservedSince: null,
		letGoAt: null,
		...(order.isByNewerName === true ? { isByNewerName: true } : {}),
	};
}

function budgetExceeded(purchase: OpenPurchase, budget: Budget, family: Family): PurchaseFailure {
	const needSat = (BigInt(purchase.amountMsat) + BigInt(purchase.maxFeeMsat)) / 1000n;
	const limitSat = (budget.maxTotalMsat ?? 0n) / 1000n;
	return new PurchaseFailure(
		'BUDGET_EXCEEDED',
		`This picture may cost ${sats(needSat)} with its fee; ${satOf(family.committedMsat)} of ${sats(limitSat)} of this run are spent or reserved`,
		"Nothing was paid for this item. Raise 'Max Total (Sats)' or lower 'Max Fee (Sats)'.",
	);
}

/** Throws after a picture could not be stored: the next one would be lost as well. */
export function requireStorage({ storingFails }: Family): void {
	if (!storingFails) return;
	throw new PurchaseFailure(
		'CANCELLED',
		'Not bought, because n8n could not store the picture before it',
		'Nothing was paid for this item. Make room for binary data and run again.',
	);
}
