import type { ApiAnswer } from '../../nodes/Sats4Ai/wallets/api';
import { parseJson } from '../../nodes/Sats4Ai/wallets/json';

export const HASH = 'ab'.repeat(32);
export const OTHER_HASH = 'cd'.repeat(32);
export const PREIMAGE = '12'.repeat(32);

/** An answer as the calls hand it over: an object as JSON, a text as it is. */
export function answered(status: number, body: object | string): ApiAnswer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'answer', status, location: '', text, json: parseJson(text) };
}
