import type { FailureCause, LookupOutcome, PayOutcome } from '../../l402/payer';
import { isPreimage, preimageProves } from '../../l402/preimage';
import { asAmount, asPreimage, asText, type JsonObject } from '../json';
import type { Refused } from '../refusal';
import { saysLineLost } from '../lostLine';
import { weigh } from '../proof';
import type { Answer } from './answerText';
import type { NwcReply } from './exchange';

/** What a wallet says of a payment over Nostr Wallet Connect (NIP-47), as outcomes. */

/** An error that ended the attempt. Some are believed although the record cannot be read. */
export interface NwcRefused extends Refused {
	readonly needsRecord: boolean;
}

/** Errors that are raised before anything is sent. */
const NOT_SENT = new Map<string, FailureCause>([
	['INSUFFICIENT_BALANCE', 'balance'],
	['NOT_IMPLEMENTED', 'rejected'],
	['QUOTA_EXCEEDED', 'budget'],
	['RATE_LIMITED', 'other'],
	['RESTRICTED', 'unauthorized'],
	['UNAUTHORIZED', 'unauthorized'],
	['UNSUPPORTED_ENCRYPTION', 'rejected'],
]);

/** Errors that end a payment, where the wallet's record does not say otherwise. */
const FAILED = new Map<string, FailureCause>([
	['BAD_REQUEST', 'rejected'],
	['EXPIRED', 'expired'],
	['PAYMENT_FAILED', 'other'],
]);

/** The reply to `pay_invoice`. An error is no proof: the wallet's record is looked at. */
export function readNwcPayment(reply: NwcReply, paymentHash: string): PayOutcome | NwcRefused {
	if (reply.kind === 'notSent') {
		return { status: 'notSent', cause: reply.cause, reason: reply.reason };
	}
	if (reply.kind === 'lost') return { status: 'unknown', reason: reply.reason };
	const { result } = reply;
	const preimage = asPreimage(result.preimage);
	const feeMsat = asAmount(result.fees_paid);
	// A proof outweighs a label: an error beside it, for one.
	if (reply.kind === 'result' || preimageProves(preimage, paymentHash)) {
		return preimage === null
			? { status: 'unknown', reason: 'the wallet answered without a preimage' }
			: { status: 'paid', preimage, feeMsat };
	}
	const reason = saidWhat(reply);
	const isLineLost = saysLineLost(reply.message);
	const unknown = { status: 'unknown', reason, ...(isLineLost ? { isLineLost } : {}) } as const;
	if (mayProve(preimage)) return unknown;
	const early = NOT_SENT.get(reply.code);
	if (early !== undefined) {
		return { status: 'refused', cause: early, reason, needsRecord: false };
	}
	const late = FAILED.get(reply.code);
	return late === undefined || isLineLost
		? unknown
		: { status: 'refused', cause: late, reason, needsRecord: true };
}

/** What an error means, with the wallet's record. Its words are those of the pay call. */
export function settleNwcRefusal(refusal: NwcRefused, record: LookupOutcome): PayOutcome {
	const { cause, reason, needsRecord } = refusal;
	if (record.status === 'paid' || record.status === 'pending') return record;
	if (record.status === 'failed') return { ...record, cause, reason };
	return record.status === 'unknown' && needsRecord
		? { status: 'unknown', reason }
		: { status: 'notSent', cause, reason };
}

/** The reply to `lookup_invoice`. */
export function readNwcLookup(reply: NwcReply, paymentHash: string): LookupOutcome {
	if (reply.kind === 'lost' || reply.kind === 'notSent') {
		return { status: 'unknown', reason: reply.reason };
	}
	const record = weigh(readRecord(reply, paymentHash), reply.result, paymentHash);
	// A wallet that keeps why it failed, and names the loss of its node there.
	return record.status === 'failed' && saysLineLost(record.reason)
		? { ...record, isLineLost: true }
		: record;
}

function readRecord(reply: Answer, paymentHash: string): LookupOutcome {
	const { result } = reply;
	const preimage = asPreimage(result.preimage);
	const isOutgoing = result.type === 'outgoing';
	// The proof decides, whatever the row is called: only who was paid gives the preimage away.
	if (preimageProves(preimage, paymentHash)) {
		return { status: 'paid', preimage, feeMsat: isOutgoing ? asAmount(result.fees_paid) : null };
	}
	const isEmpty = Object.keys(result).length === 0;
	if (reply.kind === 'error' && isEmpty) {
		return saysNotFound(reply)
			? { status: 'notFound' }
			: { status: 'unknown', reason: saidWhat(reply) };
	}
	const hash = asText(result.payment_hash).toLowerCase();
	if (hash !== '' && hash !== paymentHash) {
		return { status: 'unknown', reason: 'the wallet answered about another payment' };
	}
	// A wallet that pays itself has an incoming row with the same hash.
	if (!isOutgoing) return { status: 'unknown', reason: 'the wallet shows no outgoing payment' };
	const outcome = readState(result);
	const isDenied = reply.kind === 'error' && outcome.status !== 'pending';
	return isDenied ? { status: 'unknown', reason: saidWhat(reply) } : outcome;
}

/** LNbits' provider has no code of its own for it: "INTERNAL: Payment not found". */
function saysNotFound({ code, message }: { code: string; message: string }): boolean {
	if (code === 'NOT_FOUND') return true;
	return ['', 'INTERNAL', 'OTHER'].includes(code) && NOT_FOUND.test(message.trim());
}

const NOT_FOUND =
	/^(?:the |this )?(?:requested )?(?:payment|invoice|transaction)(?: was)? (?:not found|does ?n[o']t exist|does not exist)\.?$/i;

/** Where two fields disagree, the one counts after which nothing is paid again. */
function readState(result: JsonObject): LookupOutcome {
	const states = [result.state, result.status].map((text) => asText(text).toLowerCase());
	const isPending = states.some((state) => PENDING.has(state)) || result.pending === true;
	if (isPending) return { status: 'pending', reason: 'the wallet is still paying' };
	const preimage = asPreimage(result.preimage);
	const [state = ''] = states;
	if (state === 'settled') {
		return { status: 'paid', preimage, feeMsat: asAmount(result.fees_paid) };
	}
	const isDisputed = mayProve(preimage) || isTime(result.settled_at) || result.paid === true;
	if (state === 'failed' && !isDisputed) {
		const words = asText(result.failure_reason);
		const reason = `the wallet says that the payment failed${words === '' ? '' : `: ${words}`}`;
		return { status: 'failed', cause: 'other', reason };
	}
	// Alby Hub calls every unsettled payment "expired" once its invoice is, also one in flight; and
	// without a state, `settled_at` does not mean paid everywhere.
	const named = state === '' ? 'no state' : state;
	return { status: 'unknown', reason: `the wallet says "${named}", which proves nothing` };
}

const PENDING: ReadonlySet<string> = new Set(['accepted', 'in_flight', 'inflight', 'pending']);

/** Whether it looks like a preimage. Some wallets write zeros where they have none. */
function mayProve(text: string | null): boolean {
	return isPreimage(text) && !/^0+$/.test(text);
}

function isTime(value: unknown): boolean {
	return typeof value === 'number' && value > 0;
}

export function saidWhat({ code, message }: { code: string; message: string }): string {
	if (code === '') return `the wallet said: ${message || 'an error without words'}`;
	return `the wallet said ${code}${message === '' ? '' : `: ${message}`}`;
}
