import { growingPauses } from '../../l402/clock';
import { wholeAnswer, type HttpOutcome } from '../../l402/http';
import { readCallbackAnswer } from '../../lnurl/answers';
import { placeOf } from '../../lnurl/place';
import {
	readWithdrawOffer,
	withdrawCallback,
	type WithdrawAnswer,
	type WithdrawOffer,
} from '../../lnurl/withdrawOffer';
import type { RefundTaker } from '../ports';
import type { RefundClaim, RefundState } from '../report/offeredRefund';

/** LNURL answers are a few hundred bytes. */
const MAX_ANSWER_BYTES = 16_384;
const CALL_TIMEOUT_MS = 15_000;
const LOOKUP_TIMEOUT_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;

/** What became of an invoice that was handed in. `declined`: it will not be paid. */
export type HandedIn = RefundState | { readonly status: 'declined'; readonly reason: string };

/** Asks what may be withdrawn (LUD-03, steps 1 to 3). Can be repeated freely. */
export async function askToWithdraw(
	linkUrl: string,
	deadlineAt: number,
	taker: RefundTaker,
): Promise<WithdrawAnswer> {
	const isInside = placeOf(new URL(linkUrl)) !== 'outside';
	if (isInside && !taker.mayLeadInside) {
		return { status: 'odd', reason: 'it leads to this machine, or into a private network' };
	}
	const outcome = await get(linkUrl, deadlineAt, taker);
	if (outcome.kind !== 'answer') return { status: 'odd', reason: outcome.reason };
	return readWithdrawOffer(outcome.body, isInside);
}

/** Hands our invoice in, once, and waits for the money (LUD-03, steps 5 to 7). */
export async function handIn(
	offer: WithdrawOffer,
	claim: RefundClaim,
	deadlineAt: number,
	taker: RefundTaker,
): Promise<HandedIn> {
	const outcome = await get(withdrawCallback(offer, claim.invoice), deadlineAt, taker);
	if (outcome.kind === 'notSent') return { status: 'declined', reason: outcome.reason };
	if (outcome.kind === 'lost') return await awaitArrival(claim, outcome.reason, deadlineAt, taker);
	const said = readCallbackAnswer(outcome.body);
	if (said.status !== 'refused') {
		const reason = said.status === 'ok' ? 'it has not arrived yet' : `HTTP ${outcome.status}`;
		return await awaitArrival(claim, reason, deadlineAt, taker);
	}
	// "Already claimed" may be about an earlier try with this very invoice.
	const reason = `the service said: ${said.reason}`;
	const arrived = await awaitArrival(claim, reason, taker.clock.elapsedMs(), taker);
	return arrived.status === 'claimed' ? arrived : { status: 'declined', reason };
}

async function awaitArrival(
	claim: RefundClaim,
	reason: string,
	deadlineAt: number,
	{ clock, receiver }: RefundTaker,
): Promise<RefundState> {
	let words = reason;
	for (const pauseMs of growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS)) {
		const timeoutMs = Math.max(1_000, Math.min(LOOKUP_TIMEOUT_MS, deadlineAt - clock.elapsedMs()));
		const record = await receiver.lookupReceived(claim.paymentHash, timeoutMs);
		if (record.status === 'received') return { status: 'claimed' };
		words = record.status === 'unknown' ? `${reason}; ${record.reason}` : reason;
		if (clock.cancelled() || clock.elapsedMs() + pauseMs >= deadlineAt) break;
		await clock.sleep(pauseMs);
	}
	return { status: 'unknown', reason: words };
}

async function get(
	url: string,
	deadlineAt: number,
	{ clock, http }: RefundTaker,
): Promise<HttpOutcome> {
	const answered = await http({
		method: 'GET',
		url,
		headers: { accept: 'application/json' },
		timeoutMs: Math.max(1_000, Math.min(CALL_TIMEOUT_MS, deadlineAt - clock.elapsedMs())),
		maxBytes: MAX_ANSWER_BYTES,
		followRedirects: false,
	});
	return wholeAnswer(answered);
}
