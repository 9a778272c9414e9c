import type { HttpAnswer, HttpOutcome } from '../../l402/http';
import { isObject, parseJson, type JsonObject } from '../../l402/json';
import type { ServiceWords } from '../report/failure';
import { inTheWay } from './inTheWay';
import type { Order } from './order';
import { Pieces } from './picture/pieces';

const MAX_MESSAGE_LENGTH = 500;
const MAX_ENVELOPE_BYTES = 1_048_576;

/**
 * What the service said of a request that it did not serve. The envelope is
 * `{error, error_code, suggestion, refund}` with the code also in `X-Error-Code`; anything else is
 * taken as it comes. Never throws.
 */
export function serviceWords(outcome: HttpOutcome): ServiceWords {
	if (outcome.kind !== 'answer') {
		return { statusCode: null, errorCode: null, message: outcome.reason, refund: null };
	}
	const text = textOf(outcome);
	const envelope = unwrapped(jsonObject(text));
	const inner = isObject(envelope?.error) ? envelope.error : undefined;
	const message = firstText(
		inner?.message,
		envelope?.error,
		envelope?.message,
		envelope?.detail,
		envelope?.reason,
		...listed(envelope?.errors),
		...listed(envelope?.detail),
		envelope === undefined && !/^\s*[<{[]/.test(text) ? text : undefined,
	);
	return {
		statusCode: outcome.status,
		errorCode: firstText(envelope?.error_code, inner?.code, outcome.headers['x-error-code']),
		message,
		refund: flatRefund(envelope?.refund ?? inner?.refund ?? null),
	};
}

/** The words as one sentence for a message: `503 L402_UPSTREAM_FAILED: try again`. */
export function spoken(words: ServiceWords): string {
	const head = [words.statusCode, words.errorCode].filter((part) => part !== null).join(' ');
	return [head, words.message].filter((part) => part !== null && part !== '').join(': ');
}

/** Words for a request that the service finds too large, with its size; null for other refusals. */
export function tooLarge(outcome: HttpOutcome, { body }: Order): string | null {
	if (outcome.kind !== 'answer' || outcome.status !== 413) return null;
	const megabytes = Math.max(0.1, Math.round(body.length / 100_000) / 10);
	const { message } = serviceWords(outcome);
	const words = message === null ? '' : ` (${message})`;
	return `The picture is too large for the service: ${megabytes} MB were sent${words}`;
}

/** The words, and what came in the service's place or where it points. */
export function spokenOf(outcome: HttpOutcome): string {
	const between = outcome.kind === 'answer' ? inTheWay(outcome) : '';
	return [spoken(serviceWords(outcome)), between].filter((part) => part !== '').join('; ');
}

/** What to do, in the service's own words; null where it says nothing of it. */
export function suggestionIn(outcome: HttpOutcome): string | null {
	if (outcome.kind !== 'answer') return null;
	return firstText(unwrapped(jsonObject(textOf(outcome)))?.suggestion);
}

/** As much of an answer as words are looked for in. */
function textOf({ body, pieces }: HttpAnswer): string {
	const bytes = pieces === undefined ? body : new Pieces(pieces);
	return bytes.subarray(0, MAX_ENVELOPE_BYTES).toString('utf8');
}

/** The words of the first few problems in a list of them. */
function listed(problems: unknown): unknown[] {
	if (!Array.isArray(problems)) return [];
	return problems
		.slice(0, 3)
		.flatMap((problem: unknown) =>
			isObject(problem) ? [problem.message, problem.msg] : [problem],
		);
}

/** Answers about jobs wrap the envelope in `body`. */
function unwrapped(object: JsonObject | undefined) {
	const isBare = object?.error === undefined && object?.refund === undefined;
	return isBare && isObject(object?.body) ? object.body : object;
}

function jsonObject(text: string): JsonObject | undefined {
	const value = parseJson(text);
	return isObject(value) ? value : undefined;
}

function firstText(...candidates: unknown[]): string | null {
	for (const candidate of candidates) {
		if (typeof candidate !== 'string') continue;
		const text = candidate.replace(/\p{Cc}+/gu, ' ').trim();
		if (text !== '') return text.slice(0, MAX_MESSAGE_LENGTH);
	}
	return null;
}

/** The fields of a refund that the API documents. */
const REFUND_FIELDS = ['charge_id', 'refund_amount', 'lnurl_withdraw', 'status'] as const;
const MAX_FIELD_LENGTH = 1_500;

/**
 * What is offered back, fit to be kept and shown: whatever else is in there, and however deep, would
 * go on into each step after this node. Null where nothing is.
 */
function flatRefund(refund: unknown): unknown {
	if (refund === null) return null;
	if (typeof refund === 'string') return refund.slice(0, MAX_FIELD_LENGTH);
	const fields = isObject(refund) ? refund : {};
	const flat: Record<string, string | number | boolean> = {};
	for (const name of REFUND_FIELDS) {
		const value = fields[name];
		if (typeof value === 'string') flat[name] = value.slice(0, MAX_FIELD_LENGTH);
		if (typeof value === 'number' || typeof value === 'boolean') flat[name] = value;
	}
	return flat;
}
