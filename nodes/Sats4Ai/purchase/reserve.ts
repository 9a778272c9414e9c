import type { Clock } from '../l402/clock';
import type { WalletName } from '../wallets/wallet';
import { cancelled, PurchaseFailure } from './report/failure';
import type { Ledger } from './books/ledger';
import { checkExpiry, type Offer } from './service/offer';
import type { OpenPurchase } from './books/openPurchase';
import type { Order } from './service/service';

export interface OpenTerms {
	readonly maxFeeMsat: bigint;
	/** For the whole execution, fees included; null: no limit. */
	readonly maxTotalMsat: bigint | null;
}

export interface OpenPorts {
	readonly clock: Clock;
	readonly ledger: Ledger;
	readonly wallet: WalletName;
	/** Which wallet it is, without its secret: an open payment is looked up where it was made. */
	readonly walletKey: string;
}

/**
 * Writes the purchase down and reserves its cost, which must happen before the wallet is called
 * and in one step with the check of the budget. Waits where a payment under way may still free
 * some of its reservation.
 */
export async function reserve(
	order: Order,
	offer: Offer,
	terms: OpenTerms,
	ports: OpenPorts,
): Promise<OpenPurchase> {
	const { ledger, clock } = ports;
	const purchase: OpenPurchase = {
		digest: order.digest,
		itemIndex: order.itemIndex,
		scheme: offer.challenge.scheme,
		token: offer.challenge.token,
		invoice: offer.invoice.text,
		paymentHash: offer.invoice.paymentHash,
		amountMsat: String(offer.amountMsat),
		maxFeeMsat: String(terms.maxFeeMsat),
		expiresAt: offer.invoice.expiresAt,
		wallet: ports.wallet,
		walletKey: ports.walletKey,
		openedAt: clock.now(),
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
		const opened = ledger.begin(purchase, terms.maxTotalMsat);
		if (opened === 'opened') return purchase;
		if (opened === 'taken') {
			throw new PurchaseFailure(
				'CHALLENGE_INVALID',
				'The service sent an invoice that another purchase is already using',
				'Nothing was paid for this item. Report it to the service: each request needs its own.',
			);
		}
		if (!ledger.mayFreeUp) throw budgetExceeded(purchase, terms, ledger);
		await ledger.nextChange();
	}
}

function budgetExceeded(purchase: OpenPurchase, terms: OpenTerms, ledger: Ledger): PurchaseFailure {
	const needSat = (BigInt(purchase.amountMsat) + BigInt(purchase.maxFeeMsat)) / 1000n;
	const limitSat = (terms.maxTotalMsat ?? 0n) / 1000n;
	return new PurchaseFailure(
		'BUDGET_EXCEEDED',
		`This picture may cost ${needSat} sats with its fee; ${ledger.committedSat} of the ${limitSat} sats of this run are spent or reserved`,
		"Nothing was paid for this item. Raise 'Max Total (Sats)' or lower 'Max Fee (Sats)'.",
	);
}
