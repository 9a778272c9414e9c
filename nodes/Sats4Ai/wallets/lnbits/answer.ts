import type { LookupOutcome, PayOutcome } from '../../l402/payer';
import { preimageProves } from '../../l402/preimage';
import { outcomeOfTrouble, readAnswer, type ApiAnswer } from '../api';
import { asAmount, asInteger, asObject, asPreimage, asText, type JsonObject } from '../json';
import { causeOf, type CauseByWords, type Refused } from '../refusal';

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
	[/no.?route|unable to find a path/i, 'noRoute'],
];

/** The answer to `POST /api/v1/payments`. "failed" is never final here: a look-up decides. */
export function readLnbitsPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const early = answer.kind === 'answer' && answer.status === 403 ? answer : null;
	const isTooPoor = causeOf(asText(asObject(early?.json).detail), CAUSES) === 'balance';
	// Before 1.0, 403 also says that the balance does not suffice.
	const read = early !== null && isTooPoor ? early : readAnswer(answer, 'LNbits');
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	const { status } = read;
	const body = asObject(read.json);
	const detail = asText(body.detail);
	if (status === 200 || status === 201) return readPaymentObject(body, paymentHash);
	if (status === 404 && isUnknownKey(detail)) {
		return { status: 'notSent', cause: 'unauthorized', reason: 'LNbits does not know this key' };
	}
	if (status === 404 || status === 405) {
		const reason = `there is no LNbits API at this URL (HTTP ${status})`;
		return { status: 'notSent', cause: 'unreachable', reason };
	}
	if (detail === '') {
		return { status: 'unknown', reason: `LNbits answered HTTP ${status}` };
	}
	const reason = `LNbits said: ${detail}`;
	if (body.status === 'pending') return { status: 'pending', reason };
	// 520 is LNbits' PaymentError, 400 its ValueError; the same numbers of a proxy carry no `detail`.
	return isTooPoor || status === 520 || status === 400
		? { status: 'refused', cause: causeOf(detail, CAUSES), reason }
		: { status: 'unknown', reason };
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
	const read = readAnswer(answer, 'LNbits');
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	const body = asObject(read.json);
	if (read.status === 404 && /^Payment does not exist\.?$/i.test(asText(body.detail))) {
		return { status: 'notFound' };
	}
	if (read.status !== 200) {
		return { status: 'unknown', reason: `LNbits answered HTTP ${read.status} to the look-up` };
	}
	const details = asObject(body.details);
	const amountMsat = asInteger(details.amount);
	const preimage = body.preimage ?? details.preimage;
	// The proof needs no details; an amount would say whose payment it was.
	if (body.paid === true && amountMsat === null && preimageProves(preimage, paymentHash)) {
		return paid(preimage, details.fee);
	}
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
		return { status: 'failed', cause: 'noRoute', reason: 'LNbits could not deliver the payment' };
	}
	if (body.paid === false && (status === 'pending' || details.pending === true)) {
		return { status: 'pending', reason: 'LNbits is still paying' };
	}
	return { status: 'unknown', reason: 'LNbits gave a state that is not known here' };
}

function paid(preimage: unknown, fee: unknown): PayOutcome & LookupOutcome {
	return { status: 'paid', preimage: asPreimage(preimage), feeMsat: asAmount(fee) };
}
