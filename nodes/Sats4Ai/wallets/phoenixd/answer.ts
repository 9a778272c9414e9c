import type { LookupOutcome, PayOutcome } from '../../l402/payer';
import { outcomeOfTrouble, readAnswer, type Answered, type ApiAnswer } from '../api';
import { PHOENIXD } from '../httpWallet';
import { asAmount, asObject, asPreimage, asText } from '../json';
import { weigh } from '../proof';
import { causeOf, type CauseByWords, type Refused } from '../refusal';
import { notThere, whatCame } from '../whatCame';

/**
 * What phoenixd says of a payment, as outcomes. Source: `Api.kt` of phoenixd 0.5 to 0.8; the reasons
 * are those of `OutgoingPaymentFailure.kt` in lightning-kmp.
 */

const CAUSES: CauseByWords = [
	[/not enough funds/i, 'balance'],
	[/channel is not connected|channels? (are|is) offline|peer is offline/i, 'offline'],
	[/fee/i, 'feeLimit'],
	[/liquidity|offline|route|channel/i, 'noRoute'],
	[/expired/i, 'expired'],
	[/rejected|invalid|does not support|features/i, 'rejected'],
];

/** The answer to `POST /payinvoice`: HTTP 200 for a failure too; only a preimage says "paid". */
export function readPhoenixdPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const read = readAnswer(answer, PHOENIXD);
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	return weigh(readVerdict(read, paymentHash), read.json, paymentHash);
}

function readVerdict(read: Answered, paymentHash: string): PayOutcome | Refused {
	if (read.status === 400) {
		const reason = `phoenixd refused the request: ${read.text}`;
		return { status: 'refused', cause: 'rejected', reason };
	}
	if (read.status === 404 || read.status === 405) {
		return { status: 'notSent', cause: 'unreachable', reason: notThere(read, PHOENIXD) };
	}
	const body = asObject(read.json);
	const words = asText(body.reason);
	const hash = asText(body.paymentHash).toLowerCase();
	// A failure need not name the payment (`PaymentFailed` in `JsonSerializers.kt`).
	const isAboutThis = hash === paymentHash || (hash === '' && words !== '');
	if (read.status !== 200 || !isAboutThis) {
		return { status: 'unknown', reason: notAboutThis(read) };
	}
	const preimage = asPreimage(body.paymentPreimage);
	if (preimage !== null) {
		const feeSat = asAmount(body.routingFeeSat);
		const feeMsat = feeSat === null ? null : feeSat * 1000n;
		return { status: 'paid', preimage, feeMsat };
	}
	if (words === '') return { status: 'unknown', reason: 'phoenixd gave neither proof nor reason' };
	return { status: 'refused', cause: causeOf(words, CAUSES), reason: `phoenixd said: ${words}` };
}

/** The answer to `GET /payments/outgoingbyhash/{hash}`; here the fee is in msat. */
export function readPhoenixdLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readAnswer(answer, PHOENIXD);
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	// These very words: a path that phoenixd before 0.5.0 does not have gives 404 without them.
	if (read.status === 404 && /^not found$/i.test(read.text.trim())) {
		return { status: 'notFound' };
	}
	return weigh(readRecord(read, paymentHash), read.json, paymentHash);
}

function readRecord(read: Answered, paymentHash: string): LookupOutcome {
	const body = asObject(read.json);
	const isOurs = asText(body.paymentHash).toLowerCase() === paymentHash;
	if (read.status !== 200 || !isOurs || body.type === 'incoming_payment') {
		return { status: 'unknown', reason: notAboutThis(read) };
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

/** phoenixd's own words are plain text. */
function notAboutThis(read: Answered): string {
	const isJson = read.json !== undefined;
	return isJson
		? `phoenixd gave an answer that says nothing of this payment (HTTP ${read.status})`
		: `phoenixd did not answer itself: ${whatCame(read, PHOENIXD)}`;
}
