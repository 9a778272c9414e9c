import { growingPauses, type Clock } from './clock';
import { follow, lookupTimeoutMs, type PaymentTerms, type Settlement } from './follow';
import type { PayableInvoice, Payer } from './payer';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/**
 * What the wallet knows of an invoice that anybody may have paid with it: the payment followed to its
 * end, or that it may be paid now, since there is none that could still succeed.
 */
export async function settleKnown(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
): Promise<Settlement | { readonly status: 'unpaid' }> {
	let record = await payer.lookupPayment(invoice, lookupTimeoutMs(terms, clock));
	for (const pauseMs of growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
		// Silence is no record and no lack of one.
		if (record.status !== 'unknown' || clock.cancelled()) break;
		if (clock.elapsedMs() + pauseMs >= terms.deadlineAt) break;
		await clock.sleep(pauseMs);
		record = await payer.lookupPayment(invoice, lookupTimeoutMs(terms, clock));
	}
	if (record.status === 'notFound') return { status: 'unpaid' };
	const settlement = await follow(payer, invoice, terms, clock, record);
	return settlement.status === 'failed' ? { status: 'unpaid' } : settlement;
}
