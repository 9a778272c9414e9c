import type { FailureCause, LookupOutcome, PayOutcome } from '../../l402/payer';
import { preimageProves } from '../../l402/preimage';
import {
	asInteger,
	asObject,
	asPreimage,
	asText,
	isObject,
	parseJson,
	type JsonObject,
} from '../json';
import { weigh } from '../proof';

/** What LND's router streams: one JSON object a line, each the state of a payment (`router.proto`). */

/** More updates than a payment has. */
const MOST_LINES = 1_000;

const FAILURES: ReadonlyMap<string, readonly [FailureCause, string]> = new Map([
	['FAILURE_REASON_CANCELED', ['other', 'it was canceled in LND']],
	['FAILURE_REASON_ERROR', ['other', 'LND met an error of its own, which is in its log']],
	[
		'FAILURE_REASON_INCORRECT_PAYMENT_DETAILS',
		['rejected', 'the recipient refused it: the invoice is not known there, or no longer'],
	],
	[
		'FAILURE_REASON_INSUFFICIENT_BALANCE',
		['balance', 'no channel that is open and whose peer is online can send this much'],
	],
	['FAILURE_REASON_NO_ROUTE', ['noRoute', 'no route']],
	['FAILURE_REASON_TIMEOUT', ['noRoute', 'no route was found in time']],
]);

/**
 * The last update about this payment counts, except that a proof counts wherever it stands.
 * undefined where none is about it.
 */
export function readUpdates(
	text: string,
	paymentHash: string,
): (PayOutcome & LookupOutcome) | undefined {
	const payments = updatesIn(text).map((update) => asObject(asObject(update).result));
	const outcomes = payments.map((payment) => weigh(readState(payment), payment, paymentHash));
	const proven = outcomes.find(
		(outcome) => outcome.status === 'paid' && preimageProves(outcome.preimage, paymentHash),
	);
	if (proven !== undefined) return proven;
	const isOurs = ({ payment_hash: hash }: JsonObject) => asText(hash).toLowerCase() === paymentHash;
	const last = payments.map(isOurs).lastIndexOf(true);
	return outcomes[last];
}

/** Whether a line tells the state, or an error. */
export function isUpdate(line: string): boolean {
	return isObject(parseJson(line));
}

/** Whether a line tells how the payment ended, or an error: nothing of use comes after it. */
export function isFinalUpdate(line: string): boolean {
	const update = parseJson(line);
	if (!isObject(update)) return false;
	const status = asText(asObject(update.result).status);
	return status !== 'IN_FLIGHT' && status !== 'INITIATED';
}

/** One in each line; what stands between may have put a single one into several. */
function updatesIn(text: string): readonly unknown[] {
	const whole = parseJson(text);
	if (whole !== undefined) return [whole];
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	return lines.slice(-MOST_LINES).map(parseJson);
}

function readState(payment: JsonObject): PayOutcome & LookupOutcome {
	const status = asText(payment.status);
	if (status === 'SUCCEEDED') {
		const preimage = asPreimage(payment.payment_preimage);
		return { status: 'paid', preimage, feeMsat: asInteger(payment.fee_msat) };
	}
	if (status === 'FAILED') return readFailure(asText(payment.failure_reason));
	if (status === 'IN_FLIGHT' || status === 'INITIATED') {
		return {
			status: 'pending',
			reason:
				'the payment is in flight in LND. If that does not end, and "lncli listchannels" shows no HTLC with its hash, LND has lost it: see "Payments that never end" in docs/wallets.md',
		};
	}
	return { status: 'unknown', reason: 'LND gave a state that is not known here' };
}

function readFailure(name: string): PayOutcome & LookupOutcome {
	const [cause, words] = FAILURES.get(name) ?? ['other', 'the log of LND says more'];
	const named = name === '' || name === 'FAILURE_REASON_NONE' ? 'no reason given' : name;
	return { status: 'failed', cause, reason: `LND could not pay: ${words} (${named})` };
}
