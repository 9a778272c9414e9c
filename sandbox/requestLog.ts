import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Settings } from './settings';
import type { Operation } from './service/endpoints';

/** One request as it arrived. Bodies are not kept, only their digest. */
export interface LoggedRequest {
	readonly method: string;
	/** Without the query and without a `/fault/…` prefix. */
	readonly path: string;
	readonly operation: Operation | null;
	readonly headers: IncomingHttpHeaders;
	readonly authorizationPresent: boolean;
	readonly bodySha256: string;
	readonly bodyBytes: number;
	/** ms since 1970. */
	readonly at: number;
	/** Kind of the fault that struck this request, or null. */
	fault: string | null;
	/** Status of the answer; null as long as none was sent. */
	readonly status: number | null;
}

/** A secret that reached a place it does not belong to. */
export interface Leak {
	readonly where: 'link' | 'service' | 'stranger' | 'wallet';
	readonly header: 'authorization' | 'x-api-key';
	readonly path: string;
	readonly at: number;
}

export function sha256Hex(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Enters a request in its log, and follows it until it is answered. */
export function logRequest(
	requests: LoggedRequest[],
	settings: Settings,
	request: IncomingMessage,
	response: ServerResponse,
	what: Pick<LoggedRequest, 'path' | 'operation' | 'fault'> & { readonly body: Buffer },
): LoggedRequest {
	let open: ServerResponse | null = response;
	let closedWith: number | null = null;
	const logged: LoggedRequest = {
		method: request.method ?? 'GET',
		path: what.path,
		operation: what.operation,
		headers: request.headers,
		authorizationPresent: request.headers.authorization !== undefined,
		bodySha256: sha256Hex(what.body),
		bodyBytes: what.body.length,
		at: settings.now(),
		fault: what.fault,
		get status() {
			if (open === null) return closedWith;
			return open.headersSent ? open.statusCode : null;
		},
	};
	requests.push(logged);
	response.once('close', () => {
		closedWith = logged.status;
		open = null;
		const fault = logged.fault === null ? '' : `  (fault: ${logged.fault})`;
		settings.log(`${logged.method} ${logged.path}  ${closedWith ?? 'no answer'}${fault}`);
	});
	return logged;
}
