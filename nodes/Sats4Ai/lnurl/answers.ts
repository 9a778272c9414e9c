import { asObject, parseJson, type JsonObject } from '../l402/json';

export type CallbackAnswer =
	/** The service is going to pay the invoice; that it has arrived, only the wallet can say. */
	| { readonly status: 'ok' }
	| { readonly status: 'refused'; readonly reason: string }
	/** Neither yes nor no. */
	| { readonly status: 'odd' };

const LONGEST_REASON = 200;

/** Reads the answer to an invoice that was handed in (LUD-03, step 6). Never throws. */
export function readCallbackAnswer(body: Buffer): CallbackAnswer {
	const answer = answerObject(body);
	const refusal = refusalIn(answer);
	if (refusal !== null) return { status: 'refused', reason: refusal };
	const isOk = typeof answer.status === 'string' && answer.status.toUpperCase() === 'OK';
	return { status: isOk ? 'ok' : 'odd' };
}

/** The JSON object of an LNURL answer; an empty one for anything else. Never throws. */
export function answerObject(body: Buffer): JsonObject {
	return asObject(parseJson(body.toString('utf8')));
}

/** Why the service says no (LUD-01: `{"status":"ERROR","reason":"…"}`); null where it does not. */
export function refusalIn(answer: JsonObject): string | null {
	if (typeof answer.status !== 'string' || answer.status.toUpperCase() !== 'ERROR') return null;
	const reason = typeof answer.reason === 'string' ? answer.reason : '';
	const line = reason.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return line === '' ? 'no reason given' : line.slice(0, LONGEST_REASON);
}
