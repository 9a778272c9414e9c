import { asObject, asText, isObject, parseJson, type JsonObject } from '../json';

/** The answer of the wallet to one request. */
export type Answer =
	| { readonly kind: 'result'; readonly result: JsonObject }
	| {
			readonly kind: 'error';
			/** As in NIP-47, upper case; '' where the wallet gave none. */
			readonly code: string;
			readonly message: string;
			/** What came beside the error; empty where nothing did, as it should be. */
			readonly result: JsonObject;
	  };

/** What stands in an error that is neither text nor an object with a message: so much is shown. */
const LONGEST_WORDS = 200;
/** A code, with or without words after it, in an error that is a plain text. */
const CODE_IN_TEXT = /^([A-Z][A-Z_]{2,39})(?::\s*([^]*))?$/;

/** Reads the decrypted content of a response; null where it is no JSON object. */
export function readAnswerText(text: string): Answer | null {
	const body = parseJson(text);
	if (!isObject(body)) return null;
	const result = asObject(body.result);
	const error = readError(body.error);
	return error === null ? { kind: 'result', result } : { kind: 'error', ...error, result };
}

/** Wallets write errors as NIP-47 says, as a plain text, or in a form of their own. */
function readError(error: unknown): { code: string; message: string } | null {
	if (typeof error === 'string') {
		const [, code, words] = CODE_IN_TEXT.exec(error.trim()) ?? [];
		if (error.trim() === '') return null;
		return code === undefined ? { code: '', message: error } : { code, message: words ?? '' };
	}
	if (error === undefined || error === null || error === false || error === 0) return null;
	if (!isObject(error)) {
		return Array.isArray(error) && error.length === 0 ? null : { code: '', message: json(error) };
	}
	if (Object.keys(error).length === 0) return null;
	const code = textOf(error.code).trim().toUpperCase();
	const message = textOf(error.message);
	return code === '' && message === '' ? { code, message: json(error) } : { code, message };
}

function textOf(value: unknown): string {
	if (value === undefined || value === null) return '';
	return asText(value) || json(value);
}

function json(value: unknown): string {
	if (typeof value === 'string') return value;
	const text = JSON.stringify(value) ?? '';
	return text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS)}…` : text;
}
