import type { LookupOutcome, PayOutcome } from '../../l402/payer';
import { outcomeOfTrouble, readAnswer, type ApiAnswer } from '../api';
import { asAmount, asObject, asPreimage, asText } from '../json';
import { causeOf, type CauseByWords, type Refused } from '../refusal';

/**
 * What phoenixd says of a payment, as outcomes. Source: `Api.kt` of phoenixd 0.5 to 0.8; the reasons
 * are those of `OutgoingPaymentFailure.kt` in lightning-kmp.
 */

const CAUSES: CauseByWords = [
	[/not enough funds/i, 'balance'],
	[/fee/i, 'feeLimit'],
	[/liquidity|offline|route|channel/i, 'noRoute'],
	[/expired/i, 'expired'],
	[/rejected|invalid|does not support|features/i, 'rejected'],
];

/** The answer to `POST /payinvoice`: HTTP 200 for a failure too; only a preimage says "paid". */
export function readPhoenixdPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const read = readAnswer(answer, 'phoenixd');
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	if (read.status === 400) {
		const reason = `phoenixd refused the request: ${read.text}`;
		return { status: 'refused', cause: 'rejected', reason };
	}
	if (read.status === 404 || read.status === 405) {
		return { status: 'notSent', cause: 'unreachable', reason: notPhoenixd(read.status) };
	}
	const body = asObject(read.json);
	if (read.status !== 200 || asText(body.paymentHash).toLowerCase() !== paymentHash) {
		return { status: 'unknown', reason: notAboutThis(read.status) };
	}
	if (body.paymentPreimage !== undefined) {
		const feeSat = asAmount(body.routingFeeSat);
		const feeMsat = feeSat === null ? null : feeSat * 1000n;
		return { status: 'paid', preimage: asPreimage(body.paymentPreimage), feeMsat };
	}
	const words = asText(body.reason);
	if (words === '') return { status: 'unknown', reason: 'phoenixd gave neither proof nor reason' };
	return { status: 'refused', cause: causeOf(words, CAUSES), reason: `phoenixd said: ${words}` };
}

/** The answer to `GET /payments/outgoingbyhash/{hash}`; here the fee is in msat. */
export function readPhoenixdLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readAnswer(answer, 'phoenixd');
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	// These very words: a path that phoenixd before 0.5.0 does not have gives 404 without them.
	if (read.status === 404 && /^not found$/i.test(read.text.trim())) {
		return { status: 'notFound' };
	}
	const body = asObject(read.json);
	const isOurs = asText(body.paymentHash).toLowerCase() === paymentHash;
	if (read.status !== 200 || !isOurs || body.type === 'incoming_payment') {
		return { status: 'unknown', reason: notAboutThis(read.status) };
	}
	if (body.isPaid === true) {
		return { status: 'paid', preimage: asPreimage(body.preimage), feeMsat: asAmount(body.fees) };
	}
	if (body.isPaid !== false) {
		return { status: 'unknown', reason: 'phoenixd gave a state that is not known here' };
	}
	// Nulls are left out: without `completedAt` it is still under way.
	return body.completedAt === undefined || body.completedAt === null
		? { status: 'pending', reason: 'phoenixd is still paying' }
		: { status: 'failed', cause: 'other', reason: 'phoenixd could not deliver the payment' };
}

export function notPhoenixd(status: number): string {
	return `there is no phoenixd API at this URL (HTTP ${status})`;
}

function notAboutThis(status: number): string {
	return `phoenixd gave an answer that says nothing of this payment (HTTP ${status})`;
}
