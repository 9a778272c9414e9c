import type { FailureCause, LookupOutcome, PayOutcome } from '../../l402/payer';
import {
	outcomeOfTrouble,
	readAnswer,
	type Answered,
	type ApiAnswer,
	type ApiTrouble,
} from '../api';
import { CLN } from '../httpWallet';
import {
	asArray,
	asInteger,
	asObject,
	asPreimage,
	asText,
	isObject,
	type JsonObject,
} from '../json';
import { weigh } from '../proof';
import { causeOf, type CauseByWords, type Refused } from '../refusal';
import { notThere, whatCame } from '../whatCame';

/**
 * What Core Lightning says of a payment over clnrest, as outcomes. Source: `doc/schemas/xpay.json`,
 * `pay.json` and `listpays.json`, `plugins/rest-plugin/src/handlers.rs`, of v23.08 to v26.06.
 */

/** `xpay` and `pay` are done with the payment when they answer with one of these (`pay.json`). */
const VERDICTS: ReadonlyMap<string, FailureCause> = new Map([
	['-32602', 'rejected'],
	['201', 'other'],
	['203', 'rejected'],
	['205', 'noRoute'],
	['206', 'feeLimit'],
	['207', 'expired'],
	['208', 'other'],
	['209', 'other'],
	['210', 'noRoute'],
	['218', 'other'],
	['219', 'other'],
]);

/** For codes that stand for much, such as 0, -1 and 209. */
const CAUSES: CauseByWords = [
	[/not connected|disconnected|peer.{0,20}offline/i, 'offline'],
	[/not reachable|no usable|could not find|unreachable|no route/i, 'noRoute'],
	[/expired/i, 'expired'],
	[/insufficient|not enough/i, 'balance'],
];

const UNKNOWN_METHOD = -32601n;

/** clnrest of v23.08 puts its errors into `error`; every later one gives them as they are. */
export function unwrapped(answer: ApiAnswer): ApiAnswer {
	if (answer.kind !== 'answer' || answer.status < 400) return answer;
	const { error } = asObject(answer.json);
	return isObject(error) ? { ...answer, json: error } : answer;
}

/** Whether this node does not have the command: `xpay` came with v24.11. */
export function isUnknownMethod(answer: ApiAnswer): boolean {
	return answer.kind === 'answer' && asInteger(asObject(answer.json).code) === UNKNOWN_METHOD;
}

/** The answer to `POST /v1/xpay` or `/v1/pay`. Success is HTTP 201; errors are for `listpays`. */
export function readClnPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const read = readClnAnswer(answer);
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	return weigh(readVerdict(read), read.json, paymentHash);
}

function readVerdict(read: Answered): PayOutcome | Refused {
	const body = asObject(read.json);
	if (read.status === 200 || read.status === 201) return readResult(body);
	if (isUnknownMethod(read) || read.status === 404 || read.status === 405) {
		return { status: 'notSent', cause: 'unreachable', reason: notThere(read, CLN) };
	}
	const code = asInteger(body.code);
	const message = asText(body.message);
	if (code === null || message === '') return { status: 'unknown', reason: saidByCln(read) };
	const reason = `Core Lightning said: ${message} (code ${code})`;
	const cause = VERDICTS.get(code.toString());
	return cause === undefined
		? { status: 'refused', cause: causeOf(message, CAUSES), reason, isVague: true }
		: { status: 'refused', cause: cause === 'other' ? causeOf(message, CAUSES) : cause, reason };
}

/** The node's own words, or what came in their place. */
export function saidByCln(read: Answered): string {
	const message = asText(asObject(read.json).message);
	return message === ''
		? `Core Lightning did not answer itself: ${whatCame(read, CLN)}`
		: `Core Lightning said: ${message}`;
}

function readResult(body: JsonObject): PayOutcome {
	const preimage = asPreimage(body.payment_preimage);
	const isPaid = body.status === 'complete' || (body.status === undefined && preimage !== null);
	if (isPaid) return paid(body, preimage);
	return body.status === 'pending'
		? { status: 'pending', reason: 'Core Lightning is still paying' }
		: { status: 'unknown', reason: 'Core Lightning gave an answer that proves nothing' };
}

/** The answer to `POST /v1/listpays`: one element for each group of attempts at this hash. */
export function readClnLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readClnAnswer(answer);
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	const pays = asObject(read.json).pays;
	if ((read.status !== 200 && read.status !== 201) || !Array.isArray(pays)) {
		return { status: 'unknown', reason: `${saidByCln(read)}, to the look-up` };
	}
	const groups = asArray(pays).map(asObject);
	const isOther = (group: JsonObject) => asText(group.payment_hash).toLowerCase() !== paymentHash;
	const outcome: LookupOutcome = groups.some(isOther)
		? { status: 'unknown', reason: 'Core Lightning answered about another payment' }
		: readGroups(groups);
	return weigh(outcome, groups, paymentHash);
}

function readGroups(groups: readonly JsonObject[]): LookupOutcome {
	const complete = groups.find(({ status }) => status === 'complete');
	if (complete !== undefined) return paid(complete, complete.preimage);
	if (groups.length === 0) return { status: 'notFound' };
	if (groups.every(({ status }) => status === 'failed')) {
		return { status: 'failed', cause: 'other', reason: 'Core Lightning could not pay' };
	}
	return { status: 'pending', reason: 'parts of the payment are in flight in Core Lightning' };
}

/** The trouble of every wallet; a rune that is over its amount or rate is a budget, not a wrong key. */
export function readClnAnswer(answer: ApiAnswer): Answered | ApiTrouble {
	const read = readAnswer(answer, CLN);
	const isRefused = read.kind === 'trouble' && read.cause === 'unauthorized';
	return isRefused && /\brate\b|_amount\b|\bper\b/i.test(read.reason)
		? { ...read, cause: 'budget' }
		: read;
}

function paid(payment: JsonObject, preimage: unknown): PayOutcome & LookupOutcome {
	const sentMsat = readMsat(payment.amount_sent_msat);
	const amountMsat = readMsat(payment.amount_msat);
	const isKnown = sentMsat !== null && amountMsat !== null && sentMsat >= amountMsat;
	const feeMsat = isKnown ? sentMsat - amountMsat : null;
	return { status: 'paid', preimage: asPreimage(preimage), feeMsat };
}

/** Whole msat; nodes of 2023 may still write them as "1000msat". */
export function readMsat(value: unknown): bigint | null {
	return asInteger(typeof value === 'string' ? value.replace(/msat$/, '') : value);
}
