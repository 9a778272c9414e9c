import { decodeInvoice } from '../bolt11/invoice';
import type { Clock } from '../l402/clock';
import {
	finishPayment,
	payInvoice,
	recognizePayment,
	type PaymentTerms,
	type Settlement,
} from '../l402/payment';
import { payableInvoice, type OpenPurchase } from './books/openPurchase';
import { settlementFailure } from './failures';
import type { Ports } from './ports';
import { invoiceLifeMs, isWithinLimits } from './service/offer';
import type { Terms } from './terms';

/** Pays a purchase that was just written down. Throws its failure where it does not end as paid. */
export async function settleNew<Item>(
	purchase: OpenPurchase,
	terms: Terms,
	ports: Ports<Item>,
): Promise<OpenPurchase> {
	const settlement = await payInvoice(
		ports.payer,
		payableInvoice(purchase),
		paymentTerms(terms, ports.clock),
		ports.clock,
	);
	return recordSettlement(purchase, settlement, ports);
}

/**
 * Finds out how an earlier payment ended: paid, or null where it is proven unpaid. Only the wallet
 * that it was begun with can prove that.
 */
export async function settleEarlier<Item>(
	purchase: OpenPurchase,
	terms: Terms,
	ports: Ports<Item>,
): Promise<OpenPurchase | null> {
	const { ledger, day, clock, payer } = ports;
	const { paymentHash, expiresAt } = purchase;
	const invoice = payableInvoice(purchase);
	if (purchase.walletKey !== ports.walletKey) {
		const recognized = await recognizePayment(payer, invoice, paymentTerms(terms, clock), clock);
		return recordSettlement(purchase, recognized, ports);
	}
	const fitsDay = await day?.takeUp(purchase);
	// Whatever is written beside it: as for a new offer, the invoice says what it is.
	const mayResend = () => {
		const decoded = decodeInvoice(purchase.invoice);
		if (!isWithinLimits(decoded, terms)) return false;
		if (fitsDay !== undefined && !fitsDay()) return false;
		if (!ledger.takeOver(purchase, terms.maxTotalMsat)) return false;
		ledger.arrivals.leave(paymentHash, invoiceLifeMs(decoded));
		return true;
	};
	const arrivesBy = ledger.arrivals.by(paymentHash);
	const settlement = await finishPayment(
		payer,
		invoice,
		{ expiresAt, arrivesBy, isLineLost: purchase.isLineLost === true, mayResend },
		{ ...paymentTerms(terms, clock), maxFeeMsat: feeLimit(purchase, terms) },
		clock,
	);
	if (settlement.status !== 'failed') return recordSettlement(purchase, settlement, ports);
	ledger.close(purchase, 'unpaid');
	day?.failed(purchase);
	return null;
}

/** What was reserved, and no more than is allowed now. */
function feeLimit(purchase: OpenPurchase, { maxFeeMsat }: Terms): bigint {
	const reservedMsat = BigInt(purchase.maxFeeMsat);
	return reservedMsat < maxFeeMsat ? reservedMsat : maxFeeMsat;
}

/** Writes down how a payment ended. Throws its failure where it did not end as paid. */
function recordSettlement<Item>(
	purchase: OpenPurchase,
	settlement: Settlement,
	{ ledger, day, clock }: Ports<Item>,
): OpenPurchase {
	if (settlement.status === 'failed') {
		ledger.close(purchase, 'unpaid');
		day?.failed(purchase);
	}
	if ('isLineLost' in settlement) {
		ledger.update(purchase.paymentHash, { isLineLost: true });
	}
	if (settlement.status !== 'paid') throw settlementFailure(settlement, purchase);
	const paid: OpenPurchase = {
		...(ledger.get(purchase.paymentHash) ?? purchase),
		status: 'paid',
		preimage: settlement.preimage,
		feeMsat: settlement.feeMsat === null ? null : String(notBelowZero(settlement.feeMsat)),
		paidAt: new Date(clock.now()).toISOString(),
	};
	ledger.put(paid);
	day?.paid(paid);
	ledger.family.paymentEnds(paid.paymentHash);
	return paid;
}

/** A wallet that reports a negative fee shall not widen the budget. */
export function notBelowZero(feeMsat: bigint): bigint {
	return feeMsat < 0n ? 0n : feeMsat;
}

export function paymentTerms(terms: Terms, clock: Clock): PaymentTerms {
	return { maxFeeMsat: terms.maxFeeMsat, deadlineAt: clock.elapsedMs() + terms.paymentTimeoutMs };
}
