import type { FailureCause, LookupOutcome, PayOutcome } from '../../l402/payer';
import {
	outcomeOfTrouble,
	readAnswer,
	trouble,
	type Answered,
	type ApiAnswer,
	type ApiTrouble,
} from '../api';
import {
	asInteger,
	asObject,
	asPreimage,
	asText,
	isObject,
	parseJson,
	type JsonObject,
} from '../json';
import { causeOf, type CauseByWords, type Refused } from '../refusal';

/**
 * What LND's router says of a payment, as outcomes. Source: `lnrpc/routerrpc/router.proto` and
 * `router_server.go` of LND 0.18 to 0.21, `runtime/handler.go` of grpc-gateway 2.16 for errors.
 */

/** LND answers a wrong macaroon with HTTP 500 and one of these; nothing else of it uses the words. */
const UNAUTHORIZED =
	/macaroon|verification failed|permission denied|encoding\/hex: |account has expired/i;

/** LND is up, and takes no calls yet. */
const NOT_READY =
	/^(wallet locked|wallet not created|waiting to start)|not yet ready to accept calls/i;

/** Errors of `extractIntentFromSendRequest` and of LiT's accounts. */
const CAUSES: CauseByWords = [
	[/^invoice expired/i, 'expired'],
	[/^amount must be specified|checksum|invoice not for current active network/i, 'rejected'],
	[/^self-payments not allowed|is too large, max payment allowed/i, 'rejected'],
	[/account balance insufficient/i, 'budget'],
	[/insufficient.*balance/i, 'balance'],
];

const FAILURE_CAUSES: ReadonlyMap<string, FailureCause> = new Map([
	['FAILURE_REASON_CANCELED', 'other'],
	['FAILURE_REASON_ERROR', 'other'],
	['FAILURE_REASON_INCORRECT_PAYMENT_DETAILS', 'rejected'],
	['FAILURE_REASON_INSUFFICIENT_BALANCE', 'balance'],
	['FAILURE_REASON_NO_ROUTE', 'noRoute'],
	['FAILURE_REASON_TIMEOUT', 'noRoute'],
]);

/** The answer to `POST /v2/router/send` with `no_inflight_updates`. */
export function readLndPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const read = readLndAnswer(answer);
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	if (read.status === 200) return readStream(read.text, paymentHash);
	const { code, message } = readError(read.json);
	const reason = `LND answered HTTP ${read.status}: ${message || 'no message'}`;
	// AlreadyExists: paid before or under way. Which of the two, the look-up tells.
	if (read.status === 409) return { status: 'pending', reason };
	if ([404, 405, 501].includes(read.status)) {
		return { status: 'notSent', cause: 'unreachable', reason: notLnd(read.status) };
	}
	// gRPC Unknown is LND's word for an error of its own, InvalidArgument for a bad request. Others
	// come from between its REST and gRPC servers, while the payment may go on.
	return (code === 2n || code === 3n) && message !== ''
		? { status: 'refused', cause: causeOf(message, CAUSES), reason }
		: { status: 'unknown', reason };
}

/** The first line of `GET /v2/router/track/{hash}`: the state as it is now. */
export function readLndLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readLndAnswer(answer);
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	if (read.status === 200) return readStream(read.text, paymentHash);
	const { code, message } = readError(read.json);
	// A 404 of anything in front of LND, or of a path LND does not have, must not pass for "never paid".
	if (read.status === 404 && code === 5n && /initiated/i.test(message)) {
		return { status: 'notFound' };
	}
	const reason = `LND answered HTTP ${read.status} to the look-up: ${message || 'no message'}`;
	return { status: 'unknown', reason };
}

/** The trouble of every wallet, and LND's own ways to say "unauthorized" and "not ready". */
export function readLndAnswer(answer: ApiAnswer): Answered | ApiTrouble {
	const read = readAnswer(answer, 'LND', true);
	if (read.kind === 'trouble' || read.status === 200) return read;
	const { message } = readError(read.json);
	if (UNAUTHORIZED.test(message)) {
		return trouble('unauthorized', `LND refused the macaroon: ${message}`);
	}
	if (NOT_READY.test(message)) return trouble('unreachable', `LND is not ready: ${message}`);
	return read;
}

export function notLnd(status: number): string {
	return `there is no LND REST API at this URL (HTTP ${status})`;
}

/** Streams wrap their errors in `error`, plain calls do not; both exist in front of a stream. */
export function readError(json: unknown): { code: bigint | null; message: string } {
	const body = asObject(json);
	const error = isObject(body.error) ? body.error : body;
	return { code: asInteger(error.code), message: asText(error.message) || asText(body.error) };
}

/** More updates than a payment has. To read a line that is no JSON costs far more than its bytes. */
const MOST_LINES = 1_000;

/** One JSON object a line; the last one that says something of this payment counts. */
function readStream(text: string, paymentHash: string): PayOutcome & LookupOutcome {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const outcomes = lines
		.slice(-MOST_LINES)
		.map((line) => asObject(asObject(parseJson(line)).result))
		.filter((payment) => asText(payment.payment_hash).toLowerCase() === paymentHash)
		.map(readPaymentState);
	const last = outcomes[outcomes.length - 1];
	if (last !== undefined) return last;
	const { message } = readError(parseJson(lines[0] ?? ''));
	const words = message === '' ? 'an answer that says nothing of this payment' : message;
	return { status: 'unknown', reason: `LND gave ${words}` };
}

function readPaymentState(payment: JsonObject): PayOutcome & LookupOutcome {
	const status = asText(payment.status);
	if (status === 'SUCCEEDED') {
		const preimage = asPreimage(payment.payment_preimage);
		return { status: 'paid', preimage, feeMsat: asInteger(payment.fee_msat) };
	}
	if (status === 'FAILED') {
		const reason = asText(payment.failure_reason);
		const cause = FAILURE_CAUSES.get(reason) ?? 'other';
		return { status: 'failed', cause, reason: `LND could not pay: ${reason}` };
	}
	if (status === 'IN_FLIGHT' || status === 'INITIATED') {
		return { status: 'pending', reason: 'the payment is in flight in LND' };
	}
	return { status: 'unknown', reason: 'LND gave a state that is not known here' };
}
