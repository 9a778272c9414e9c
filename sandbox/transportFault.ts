import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StatusFault, TransportFault } from './faults';
import { sendBytes } from './send';

const webPage = Buffer.from(
	'<!doctype html><html><head><title>Just a moment...</title></head>' +
		'<body><h1>Checking your browser</h1></body></html>',
);

/** The faults that are the same on every way; what differs between the sides is passed in. */
export interface FaultWay {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	/** Where a redirect leads unless the fault says. */
	readonly redirectTo: string;
	sendStatus(fault: StatusFault): void;
}

/** Cuts the connection so that the client sees a reset, not an orderly end. */
export function cut(response: ServerResponse): void {
	const { socket } = response;
	if (socket === null) response.destroy();
	else socket.resetAndDestroy();
}

export function retryAfterHeader(fault: StatusFault, now: number): Record<string, string> {
	if (fault.retryAfter === undefined) return {};
	const text =
		fault.retryAfter === 'date' ? new Date(now + 2000).toUTCString() : String(fault.retryAfter);
	return { 'retry-after': text };
}

export function strike(fault: TransportFault, way: FaultWay): void {
	const { response } = way;
	switch (fault.kind) {
		case 'cutBeforeReading':
		case 'cut':
			cut(response);
			return;
		case 'hang':
			return;
		case 'status':
			way.sendStatus(fault);
			return;
		case 'empty':
			sendBytes(response, 200, 'application/json', Buffer.alloc(0));
			return;
		case 'garbage':
			sendBytes(response, 200, 'application/octet-stream', randomBytes(512));
			return;
		case 'html':
			sendBytes(response, 200, 'text/html; charset=utf-8', webPage);
			return;
		case 'redirect':
			sendBytes(response, 307, 'text/plain', Buffer.from('Moved'), {
				location: fault.location ?? way.redirectTo,
			});
			return;
	}
}

const transportKinds: readonly string[] = [
	'cutBeforeReading',
	'cut',
	'hang',
	'status',
	'empty',
	'garbage',
	'html',
	'redirect',
];

export function isTransportFault(fault: { readonly kind: string }): fault is TransportFault {
	return transportKinds.includes(fault.kind);
}
