import type { LookupOutcome, PayOutcome } from '../../l402/payer';
import {
	outcomeOfTrouble,
	readAnswer,
	trouble,
	type Answered,
	type ApiAnswer,
	type ApiTrouble,
} from '../api';
import { LND } from '../httpWallet';
import { asInteger, asObject, asText, isObject, parseJson } from '../json';
import { causeOf, type CauseByWords, type Refused } from '../refusal';
import { NOT_READY } from '../lostLine';
import { notThere, whatCame } from '../whatCame';
import { readUpdates } from './update';

/**
 * What LND's router says of a payment, as outcomes. Source: `lnrpc/routerrpc/router.proto` and
 * `router_server.go` of LND 0.18 to 0.21, `runtime/handler.go` of grpc-gateway 2.16 for errors.
 */

/** LND answers a wrong macaroon with HTTP 500 and one of these; nothing else of it uses the words. */
const UNAUTHORIZED =
	/macaroon|verification failed|permission denied|encoding\/hex: |account has expired/i;

/** What the macaroon has to allow, as `lncli bakemacaroon` takes it. */
export const RIGHTS = {
	info: 'uri:/lnrpc.Lightning/GetInfo',
	pay: 'uri:/routerrpc.Router/SendPaymentV2',
	lookup: 'uri:/routerrpc.Router/TrackPaymentV2',
} as const;

/** gRPC FailedPrecondition: refused before anything was done. */
const FAILED_PRECONDITION = 9n;

/** Errors of `extractIntentFromSendRequest` and of LiT's accounts. */
const CAUSES: CauseByWords = [
	[/^invoice expired/i, 'expired'],
	[/^amount must be specified|checksum|invoice not for current active network/i, 'rejected'],
	[/^self-payments not allowed|is too large, max payment allowed/i, 'rejected'],
	[/account balance insufficient/i, 'budget'],
	[/insufficient.*balance/i, 'balance'],
];

/** The answer to `POST /v2/router/send` with `no_inflight_updates`. */
export function readLndPayment(answer: ApiAnswer, paymentHash: string): PayOutcome | Refused {
	const read = readLndAnswer(answer, RIGHTS.pay);
	if (read.kind === 'trouble') return outcomeOfTrouble(read);
	if (read.status === 200) return readStream(read, paymentHash);
	const { code, message } = readError(read.json);
	const reason = saidByLnd(read);
	// AlreadyExists: paid before or under way. Which of the two, the look-up tells.
	if (read.status === 409) return { status: 'pending', reason };
	if ([404, 405, 501].includes(read.status)) {
		return { status: 'notSent', cause: 'unreachable', reason: notThere(read, LND) };
	}
	// gRPC Unknown is LND's word for an error of its own, InvalidArgument for a bad request. Others
	// come from between its REST and gRPC servers, while the payment may go on.
	return (code === 2n || code === 3n) && message !== ''
		? { status: 'refused', cause: causeOf(message, CAUSES), reason }
		: { status: 'unknown', reason };
}

/** The first line of `GET /v2/router/track/{hash}`: the state as it is now. */
export function readLndLookup(answer: ApiAnswer, paymentHash: string): LookupOutcome {
	const read = readLndAnswer(answer, RIGHTS.lookup);
	if (read.kind === 'trouble') return { status: 'unknown', reason: read.reason };
	if (read.status === 200) return readStream(read, paymentHash);
	const { code, message } = readError(read.json);
	// A 404 of anything in front of LND, or of a path LND does not have, must not pass for "never paid".
	if (read.status === 404 && code === 5n && /initiated/i.test(message)) {
		return { status: 'notFound' };
	}
	return { status: 'unknown', reason: `${saidByLnd(read)}, to the look-up` };
}

/** The trouble of every wallet, and LND's own ways to say "unauthorized" and "not ready". */
export function readLndAnswer(answer: ApiAnswer, right?: string): Answered | ApiTrouble {
	const read = readAnswer(answer, LND);
	if (answer.kind !== 'answer' || answer.status === 200) return read;
	const { code, message } = readError(answer.json);
	if (UNAUTHORIZED.test(message)) {
		const lacks = /permission denied/i.test(message) && right !== undefined;
		const what = lacks ? `. It lacks ${right}` : '';
		return trouble('unauthorized', `LND refused the macaroon: ${message}${what}`);
	}
	if (NOT_READY.test(message) || (code === FAILED_PRECONDITION && message !== '')) {
		return trouble('unreachable', `LND is not ready: ${message}. ${wayOut(message)}`);
	}
	return read;
}

function wayOut(message: string): string {
	if (/locked/i.test(message)) return 'Unlock it with "lncli unlock", then run again';
	if (/not created/i.test(message)) return 'Create its wallet with "lncli create"';
	return 'Wait until it has started and is in step with the chain, then run again';
}

/** LND's own words, or what came in their place. */
export function saidByLnd(answer: Answered): string {
	const { message } = readError(answer.json);
	return message === ''
		? `LND did not answer itself: ${whatCame(answer, LND)}`
		: `LND answered HTTP ${answer.status}: ${message}`;
}

/** Streams wrap their errors in `error`, plain calls do not; both exist in front of a stream. */
export function readError(json: unknown): { code: bigint | null; message: string } {
	const body = asObject(json);
	const error = isObject(body.error) ? body.error : body;
	return { code: asInteger(error.code), message: asText(error.message) || asText(body.error) };
}

function readStream(answer: Answered, paymentHash: string): PayOutcome & LookupOutcome {
	const outcome = readUpdates(answer.text, paymentHash);
	if (outcome !== undefined) return outcome;
	const { message } = readError(parseJson(answer.text.split('\n')[0] ?? ''));
	const reason =
		message === ''
			? `LND said nothing of this payment: ${whatCame(answer, LND)}`
			: `LND gave ${message}`;
	return { status: 'unknown', reason };
}
