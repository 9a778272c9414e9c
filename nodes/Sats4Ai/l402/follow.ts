import { growingPauses, type Clock } from './clock';
import type { FailureCause, LookupOutcome, PayableInvoice, Payer, PayOutcome } from './payer';
import { together } from './paymentWords';
import { preimageProves } from './preimage';

/** How a payment ended. Only `failed` allows a new invoice; only `paid` carries a proven preimage. */
export type Settlement =
	| { readonly status: 'paid'; readonly preimage: string; readonly feeMsat: bigint | null }
	| { readonly status: 'failed'; readonly cause: FailureCause; readonly reason: string }
	| { readonly status: 'unknown'; readonly reason: string; readonly isLineLost?: true }
	/** The wallet insists that it paid, and gives no preimage that hashes to the payment hash. */
	| { readonly status: 'unproven'; readonly reason: string; readonly isLineLost?: true };

export interface PaymentTerms {
	readonly maxFeeMsat: bigint;
	/** When to stop waiting, by `Clock.elapsedMs`: the payment and its look-ups together. */
	readonly deadlineAt: number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
const LOOKUP_TIMEOUT_MS = 10_000;
/** How long a wallet may take to enter a new attempt where it shows an older one. */
const CATCH_UP_MS = 2_000;
/** So often a wallet may repeat "paid" without a preimage before it is believed to have none. */
const UNPROVEN_LOOKUPS = 3;
const UNPROVEN = 'the wallet reports the payment as done, without its preimage';

/** What is known of a pay call whose end nobody saw. */
export interface Unanswered {
	/** What came in place of an answer; '' where nothing did. */
	readonly words: string;
	/**
	 * As in `Unknown`: no *failed* of this wallet is to be believed. over: that was so long ago that it
	 * is, whatever the wallet keeps with it.
	 */
	readonly isLineLost: boolean | 'over';
}

/** Follows a pay call. Without an answer to it, the first *failed* of a look-up may be stale. */
export async function followCall(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
	called: PayOutcome,
	wasLineLost: Unanswered['isLineLost'] = false,
): Promise<Settlement> {
	const { status } = called;
	const isOpen = status === 'unknown' || status === 'pending';
	if (!isOpen && wasLineLost !== true) return await follow(payer, invoice, terms, clock, called);
	const words = status === 'unknown' ? called.reason : '';
	return await follow(payer, invoice, terms, clock, called, { words, isLineLost: wasLineLost });
}

/** Follows a payment until it is settled or time is up. */
export async function follow(
	payer: Payer,
	invoice: PayableInvoice,
	terms: PaymentTerms,
	clock: Clock,
	first: PayOutcome | LookupOutcome,
	unanswered: Unanswered | null = null,
): Promise<Settlement> {
	const words = unanswered?.words ?? null;
	let outcome = first;
	let mayBeStale = unanswered !== null;
	const isDoubtOver = unanswered?.isLineLost === 'over';
	let isLineLost = unanswered?.isLineLost === true;
	let saidPaid = 0;
	let lookups = 0;
	for (const pauseMs of growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
		if (outcome.status === 'paid') {
			const { preimage, feeMsat } = outcome;
			if (preimage !== null && preimageProves(preimage, invoice.paymentHash)) {
				return { status: 'paid', preimage: preimage.toLowerCase(), feeMsat };
			}
			saidPaid += 1;
		}
		isLineLost ||= !isDoubtOver && 'isLineLost' in outcome && outcome.isLineLost === true;
		// A wallet that said "paid" and now says "failed" has proven neither.
		let isDoubted = false;
		const isBelieved = saidPaid === 0 && !isLineLost;
		if ((outcome.status === 'failed' || outcome.status === 'notSent') && isBelieved) {
			if (!mayBeStale) {
				return { status: 'failed', cause: outcome.cause, reason: together(words, outcome) };
			}
			isDoubted = true;
		}
		// A record that is behind by one attempt has caught up when it is read again.
		if (isDoubted || (lookups > 0 && outcome.status === 'pending')) mayBeStale = false;
		const leftMs = terms.deadlineAt - clock.elapsedMs();
		// A pay call that used up all the time may have paid: it is looked up once all the same.
		const isOver = leftMs <= 0 && lookups > 0 && !isDoubted;
		if (saidPaid > UNPROVEN_LOOKUPS || isOver || clock.cancelled()) break;
		const longestMs = isDoubted ? Math.max(leftMs, pauseMs) : leftMs;
		await clock.sleep(Math.max(0, Math.min(isDoubted ? CATCH_UP_MS : pauseMs, longestMs)));
		if (clock.cancelled()) break;
		outcome = await payer.lookupPayment(invoice, lookupTimeoutMs(terms, clock));
		lookups += 1;
	}
	const lost = isLineLost ? ({ isLineLost } as const) : {};
	return saidPaid > 0
		? { status: 'unproven', reason: UNPROVEN, ...lost }
		: { status: 'unknown', reason: together(words, outcome), ...lost };
}

/** How long one look-up may take. */
export function lookupTimeoutMs(terms: PaymentTerms, clock: Clock): number {
	return Math.max(1_000, Math.min(LOOKUP_TIMEOUT_MS, terms.deadlineAt - clock.elapsedMs()));
}
