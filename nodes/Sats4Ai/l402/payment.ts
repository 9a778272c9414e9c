import type { Clock } from './clock';
import {
	follow,
	followCall,
	lookupTimeoutMs,
	type PaymentTerms,
	type Settlement,
	type Unanswered,
} from './follow';
import type { PayableInvoice, Payer, PayOutcome } from './payer';

export type { PaymentTerms, Settlement } from './follow';

/** A payment that was begun earlier and whose end nobody saw. */
export interface EarlierPayment {
	/** When the invoice expires, in milliseconds since 1970. */
	readonly expiresAt: number;
	/**
	 * When the invoice expires by `Clock.elapsedMs`, counted from the pay call; null where that left
	 * from another process, and the time of day has to do.
	 */
	readonly arrivesBy: number | null;
	/** Whether the wallet lost its node in the middle of an earlier call; see `Unknown`. */
	readonly isLineLost: boolean;
	/** Asked right before the same invoice is sent again; false keeps it at look-ups. */
	readonly mayResend: () => boolean;
}

/** Share of the waiting time that the blocking pay call may use; the rest is for look-ups. */
const PAY_CALL_SHARE = 0.75;
/**
 * So long after the invoice's expiry a wallet that lost its node may still call *failed*, or have
 * struck from its records, what the node goes on with. By then it has seen its node again, and no
 * payment begun in time is still looking for its way.
 */
const LINE_LOST_COUNTS_FOR_MS = 24 * 60 * 60 * 1_000;
const ANOTHER_WALLET =
	'it was begun with a wallet of another address or secret than the one set now, and this one does not prove that it paid';

/**
 * Pays an invoice that this purchase has not sent before, and follows it until it is settled or
 * time is up.
 */
export async function payInvoice(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
): Promise<Settlement> {
	const outcome = await sendOnce(payer, invoice, terms, clock);
	return await followCall(payer, invoice, terms, clock, outcome);
}

/**
 * Finds out what became of an earlier payment. The wallet is asked first. The same invoice (never
 * a new one) is sent again only where the wallet has no record of it; *not found* ends it only some
 * time after the invoice has expired.
 */
export async function finishPayment(
	payer: Payer,
	invoice: PayableInvoice,
	earlier: EarlierPayment,
	terms: PaymentTerms,
	clock: Clock,
): Promise<Settlement> {
	const outcome = await payer.lookupPayment(invoice, lookupTimeoutMs(terms, clock));
	const isDoubtOver = overdueMs(earlier, clock) > LINE_LOST_COUNTS_FOR_MS;
	const isLineLost = isDoubtOver ? 'over' : earlier.isLineLost;
	// Where the earlier run ended in the middle of its pay call, this look-up is the first after it.
	const unanswered: Unanswered = { words: '', isLineLost };
	if (outcome.status !== 'notFound') {
		return await follow(payer, invoice, terms, clock, outcome, unanswered);
	}
	const doubtMs = earlier.isLineLost ? LINE_LOST_COUNTS_FOR_MS : 0;
	if (overdueMs(earlier, clock) > Math.max(payer.notFoundFinalAfterMs, doubtMs)) {
		return { status: 'failed', cause: 'expired', reason: 'the invoice expired unpaid' };
	}
	const resend = clock.now() < earlier.expiresAt && !clock.cancelled();
	if (!resend || !earlier.mayResend()) {
		return await follow(payer, invoice, terms, clock, outcome, unanswered);
	}
	const again = await sendOnce(payer, invoice, terms, clock);
	// A refusal speaks for this call alone; the earlier one may still be on its way.
	const refused = again.status === 'notSent';
	const unsure = { status: 'unknown', reason: refused ? again.reason : '' } as const;
	return await followCall(payer, invoice, terms, clock, refused ? unsure : again, isLineLost);
}

/**
 * Asks a wallet about a payment that another one was told to make, as far as anybody can see. That
 * it paid it can prove; nothing else that it says proves anything.
 */
export async function recognizePayment(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
): Promise<Exclude<Settlement, { status: 'failed' }>> {
	const outcome = await payer.lookupPayment(invoice, lookupTimeoutMs(terms, clock));
	const isTold = outcome.status === 'paid' || outcome.status === 'pending';
	const settled = isTold ? await follow(payer, invoice, terms, clock, outcome) : null;
	if (settled?.status === 'paid') return settled;
	return { status: 'unknown', reason: ANOTHER_WALLET };
}

/** For how long no pay call can have been on its way any more; below zero: it still can. */
function overdueMs({ arrivesBy, expiresAt }: EarlierPayment, clock: Clock): number {
	return arrivesBy === null ? clock.now() - expiresAt : clock.elapsedMs() - arrivesBy;
}

async function sendOnce(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
): Promise<PayOutcome> {
	const timeoutMs = Math.max(
		1,
		Math.round((terms.deadlineAt - clock.elapsedMs()) * PAY_CALL_SHARE),
	);
	return await payer.payInvoice(invoice, { maxFeeMsat: terms.maxFeeMsat, timeoutMs });
}
