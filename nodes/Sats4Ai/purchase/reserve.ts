import type { Ledger } from './books/ledger';
import type { OpenPurchase } from './books/openPurchase';
import type { Ports } from './ports';
import { cancelled, PurchaseFailure } from './report/failure';
import { checkExpiry, type Offer } from './service/offer';
import type { Order } from './service/order';

/** What a purchase may cost beside its price. */
export interface Budget {
	readonly maxFeeMsat: bigint;
	/** For the whole execution, fees included; null: no limit. */
	readonly maxTotalMsat: bigint | null;
}

/**
 * Writes the purchase down and reserves its cost, which must happen before the wallet is called
 * and in one step with the check of the budget. Waits where a payment under way may still free
 * some of its reservation.
 */
export async function reserve<Item>(
	order: Order,
	offer: Offer,
	budget: Budget,
	{ ledger, clock, wallet, walletKey }: Ports<Item>,
): Promise<OpenPurchase> {
	const purchase: OpenPurchase = {
		digest: order.digest,
		itemIndex: order.itemIndex,
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
	};
	for (;;) {
		if (clock.cancelled()) throw cancelled();
		checkExpiry(purchase.expiresAt, clock.now());
		const begun = ledger.begin(purchase, budget.maxTotalMsat);
		if (begun === 'begun') return purchase;
		if (begun === 'taken') {
			throw new PurchaseFailure(
				'CHALLENGE_INVALID',
				'The service sent an invoice that another purchase is already using',
				'Nothing was paid for this item. Report it to the service: each request needs its own.',
			);
		}
		if (!ledger.mayFreeUp) throw budgetExceeded(purchase, budget, ledger);
		await ledger.nextChange();
	}
}

function budgetExceeded(purchase: OpenPurchase, budget: Budget, ledger: Ledger): PurchaseFailure {
	const needSat = (BigInt(purchase.amountMsat) + BigInt(purchase.maxFeeMsat)) / 1000n;
	const limitSat = (budget.maxTotalMsat ?? 0n) / 1000n;
	return new PurchaseFailure(
		'BUDGET_EXCEEDED',
		`This picture may cost ${needSat} sats with its fee; ${ledger.committedSat} of the ${limitSat} sats of this run are spent or reserved`,
		"Nothing was paid for this item. Raise 'Max Total (Sats)' or lower 'Max Fee (Sats)'.",
	);
}
