import { createHash } from 'node:crypto';
import type { FailureCause, LookupOutcome, PayOutcome } from '../../l402/payer';
import { asAmount, asPreimage, asText, type JsonObject } from '../json';
import type { Refused } from '../refusal';
import type { NwcReply } from './exchange';

/** What a wallet says of a payment over Nostr Wallet Connect (NIP-47), as outcomes. */

/** Errors that are raised before anything is sent; all others leave the payment open. */
const NOT_SENT: ReadonlyMap<string, FailureCause> = new Map([
	['INSUFFICIENT_BALANCE', 'balance'],
	['NOT_IMPLEMENTED', 'rejected'],
	['QUOTA_EXCEEDED', 'budget'],
	['RATE_LIMITED', 'other'],
	['RESTRICTED', 'unauthorized'],
	['UNAUTHORIZED', 'unauthorized'],
	['UNSUPPORTED_ENCRYPTION', 'rejected'],
]);

/** The reply to `pay_invoice`. `PAYMENT_FAILED` and `INTERNAL` prove nothing: a look-up follows. */
export function readNwcPayment(reply: NwcReply): PayOutcome | Refused {
	if (reply.kind === 'notSent') {
		return { status: 'notSent', cause: reply.cause, reason: reply.reason };
	}
	if (reply.kind === 'lost') return { status: 'unknown', reason: reply.reason };
	if (reply.kind === 'error') {
		const cause = NOT_SENT.get(reply.code);
		const reason = saidWhat(reply);
		if (cause === undefined) return { status: 'unknown', reason };
		// A wallet may be short because the very same payment is already under way.
		return cause === 'balance' || cause === 'budget'
			? { status: 'refused', cause, reason }
			: { status: 'notSent', cause, reason };
	}
	const preimage = asPreimage(reply.result.preimage);
	return preimage === null
		? { status: 'unknown', reason: 'the wallet answered without a preimage' }
		: { status: 'paid', preimage, feeMsat: asAmount(reply.result.fees_paid) };
}

/** A refusal stands unless the wallet's record says that the payment is made or under way. */
export function settleNwcRefusal(refused: Refused, record: LookupOutcome): PayOutcome {
	return record.status === 'paid' || record.status === 'pending'
		? record
		: { status: 'notSent', cause: refused.cause, reason: refused.reason };
}

/** The reply to `lookup_invoice`. */
export function readNwcLookup(reply: NwcReply, paymentHash: string): LookupOutcome {
	if (reply.kind === 'error') {
		return reply.code === 'NOT_FOUND'
			? { status: 'notFound' }
			: { status: 'unknown', reason: saidWhat(reply) };
	}
	if (reply.kind !== 'result') return { status: 'unknown', reason: reply.reason };
	const { result } = reply;
	const hash = asText(result.payment_hash).toLowerCase();
	if (hash !== '' && hash !== paymentHash) {
		return { status: 'unknown', reason: 'the wallet answered about another payment' };
	}
	// A wallet that pays itself has an incoming row with the same hash, and knows its preimage.
	if (result.type !== 'outgoing') {
		return { status: 'unknown', reason: 'the wallet shows no outgoing payment' };
	}
	return readState(result, paymentHash);
}

function readState(result: JsonObject, paymentHash: string): LookupOutcome {
	const preimage = asPreimage(result.preimage);
	const isProven = preimage !== null && proves(preimage, paymentHash);
	if (isProven || result.state === 'settled') {
		return { status: 'paid', preimage, feeMsat: asAmount(result.fees_paid) };
	}
	if (result.state === 'failed') {
		return { status: 'failed', cause: 'noRoute', reason: 'the wallet could not pay' };
	}
	if (result.state === 'pending' || result.state === 'accepted') {
		return { status: 'pending', reason: 'the wallet is still paying' };
	}
	// Alby Hub calls every unsettled payment "expired" once its invoice is, also one in flight; and
	// without a state, `settled_at` does not mean paid everywhere.
	const state = asText(result.state) || 'no state';
	return { status: 'unknown', reason: `the wallet says "${state}", which proves nothing` };
}

function proves(preimage: string, paymentHash: string): boolean {
	if (!/^[0-9a-f]{64}$/i.test(preimage)) return false;
	return createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex') === paymentHash;
}

export function saidWhat({ code, message }: { code: string; message: string }): string {
	return `the wallet said ${code || 'an error without a code'}${message === '' ? '' : `: ${message}`}`;
}
