import type { LookupOutcome, PayOutcome } from '../../l402/payer';
import { outcomeOfTrouble, readAnswer, type Answered, type ApiAnswer } from '../api';
import { LNBITS } from '../httpWallet';
import { asAmount, asInteger, asObject, asPreimage, asText, type JsonObject } from '../json';
import { saysLineLost } from '../lostLine';
import { weigh } from '../proof';
import { saysNoSuchPayment } from './hidden';
import { causeOf, type CauseByWords, type Refused } from '../refusal';
import { notThere, whatCame } from '../whatCame';

/**
 * What LNbits says of a payment, as outcomes. Source: `lnbits/core/views/payment_api.py` and
 * `lnbits/core/services/payments.py` of LNbits 1.x, and 0.12 for the answers without a status.
 */

const CAUSES: CauseByWords = [
	[/^Insufficient balance/i, 'balance'],
	[/^You must reserve at least/i, 'balance'],
	[/^(Amountless invoices|Bolt11|Invalid invoice|Only incoming payments)/i, 'rejected'],
	[/^Wallet does not have permission/i, 'unauthorized'],
	[/^(Daily withdrawal limit|The time limit|It is not allowed to spend)/i, 'budget'],
	[/^Invoice amount .+ is too high/i, 'budget'],
	[/expired/i, 'expired'],
	[/offline|not connected|disconnected/i, 'offline'],
	[/no.?route|unable to find a path|not reachable|unable to find a route/i, 'noRoute'],
];

/** The answer to `POST /api/v1/payments`. "failed" is never final here: a look-up decides. */
export function readLnbitsPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const early = answer.kind === 'answer' && answer.status === 403 ? answer : null;
	const isTooPoor = causeOf(asText(asObject(early?.json).detail), CAUSES) === 'balance';
	// Before 1.0, 403 also says that the balance does not suffice.
	const read = early !== null && isTooPoor ? early : readAnswer(answer, LNBITS);
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	return weigh(readVerdict(read, isTooPoor, paymentHash), read.json, paymentHash);
}

function readVerdict(
	read: Answered,
	isTooPoor: boolean,
	paymentHash: string,
): PayOutcome | Refused {
	const { status } = read;
	const body = asObject(read.json);
	const detail = asText(body.detail);
	if (status === 200 || status === 201) return readPaymentObject(body, paymentHash);
	if (status === 404 && isUnknownKey(detail)) {
		return { status: 'notSent', cause: 'unauthorized', reason: 'LNbits does not know this key' };
	}
	if (status === 404 || status === 405) {
		return { status: 'notSent', cause: 'unreachable', reason: notThere(read, LNBITS) };
	}
	const reason = saidByLnbits(read);
	// FastAPI's refusal of a request that it does not understand names the fields in a list.
	if (status === 422 && Array.isArray(body.detail)) {
		return { status: 'refused', cause: 'rejected', reason };
	}
	if (detail === '') return { status: 'unknown', reason };
	if (body.status === 'pending') return { status: 'pending', reason };
	if (saysLineLost(detail)) return { status: 'unknown', reason, isLineLost: true };
	// 520 is LNbits' PaymentError, 400 its ValueError; the same numbers of a proxy carry no `detail`.
	return isTooPoor || status === 520 || status === 400
		? { status: 'refused', cause: causeOf(detail, CAUSES), reason }
		: { status: 'unknown', reason };
}

/** LNbits' own words, or what came in their place. */
export function saidByLnbits(read: Answered): string {
	const { detail: given } = asObject(read.json);
	const detail = Array.isArray(given) ? JSON.stringify(given) : asText(given);
	return detail === ''
		? `LNbits did not answer itself: ${whatCame(read, LNBITS)}`
		: `LNbits said: ${detail}`;
}

/** LNbits 1.x answers 404 with these words to a key it does not know. */
export function isUnknownKey(detail: string): boolean {
	return /^Wallet not found\.?$/i.test(detail);
}

function readPaymentObject(payment: JsonObject, paymentHash: string): PayOutcome {
	if (asText(payment.payment_hash).toLowerCase() !== paymentHash) {
		return { status: 'unknown', reason: 'LNbits answered about another payment' };
	}
	if (payment.status === 'success') return paid(payment.preimage, payment.fee);
	if (payment.status === 'pending') {
		return { status: 'pending', reason: 'LNbits is still paying' };
	}
	// Before 1.0 there is no status; and a "failed" here may be an older attempt's.
	const status = payment.status === undefined ? 'no status' : `"${asText(payment.status)}"`;
	return { status: 'unknown', reason: `LNbits answered with ${status}` };
}

/** The answer to `GET /api/v1/payments/{hash}`, asked with the admin key. */
export function readLnbitsLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readAnswer(answer, LNBITS);
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	const body = asObject(read.json);
	if (read.status === 404 && saysNoSuchPayment(asText(body.detail))) {
		return { status: 'notFound' };
	}
	const outcome: LookupOutcome =
		read.status === 200
			? readRecord(body, paymentHash)
			: { status: 'unknown', reason: `${saidByLnbits(read)}, to the look-up` };
	// The proof needs no details, and it does not matter whose payment LNbits takes it for.
	return weigh(outcome, body, paymentHash);
}

function readRecord(body: JsonObject, paymentHash: string): LookupOutcome {
	const details = asObject(body.details);
	const amountMsat = asInteger(details.amount);
	// LNbits answers without a key too, about anybody's payment; only with ours there are details.
	if (asText(details.payment_hash).toLowerCase() !== paymentHash || amountMsat === null) {
		return { status: 'unknown', reason: 'LNbits shows no details; is it the key of this wallet?' };
	}
	if (amountMsat >= 0n) {
		return { status: 'unknown', reason: 'LNbits knows this payment only as an incoming one' };
	}
	return readState(body, details);
}

function readState(body: JsonObject, details: JsonObject): LookupOutcome {
	// 1.x: a status in `details`. Before: `pending` alone, and `paid` means no more than not pending.
	const status = asText(body.status) || asText(details.status);
	if (body.paid === true && details.pending !== true && (status === 'success' || status === '')) {
		return paid(body.preimage ?? details.preimage, details.fee);
	}
	if (body.paid === false && status === 'failed') {
		const reason = 'LNbits has marked the payment as failed; why, its log or its node may say';
		return { status: 'failed', cause: 'other', reason };
	}
	if (body.paid === false && (status === 'pending' || details.pending === true)) {
		return { status: 'pending', reason: 'LNbits is still paying' };
	}
	return { status: 'unknown', reason: 'LNbits gave a state that is not known here' };
}

function paid(preimage: unknown, fee: unknown): PayOutcome & LookupOutcome {
	return { status: 'paid', preimage: asPreimage(preimage), feeMsat: asAmount(fee) };
}
