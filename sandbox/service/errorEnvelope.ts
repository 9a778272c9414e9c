import type { ServerResponse } from 'node:http';
import { sendJson } from '../send';

/** The service's documented error object, sent with the header `X-Error-Code`. */
export interface ErrorEnvelope {
	readonly error: string;
	readonly error_code: string;
	readonly suggestion: string;
	readonly example?: unknown;
	readonly retry_after_seconds?: number;
	readonly refund?: Refund;
}

export interface Refund {
	readonly charge_id: string;
	/** Sat. */
	readonly refund_amount: number;
	readonly lnurl_withdraw: string;
	readonly status: 'pending' | 'claimed' | 'expired';
}

export function sendError(
	response: ServerResponse,
	status: number,
	envelope: ErrorEnvelope,
	headers: Readonly<Record<string, string | string[]>> = {},
): void {
	sendJson(response, status, envelope, { 'x-error-code': envelope.error_code, ...headers });
}
