import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival } from './arrival';
import type { FaultSubject } from './faultPlan';
import type { FaultPlace } from './faults';
import type { FaultSource } from './faultSource';
import { UnknownFault } from './faultText';
import type { Answer } from './openPort';
import { readBody } from './readBody';
import { logRequest, type LoggedRequest } from './requestLog';
import { sendBytes } from './send';
import type { Settings } from './settings';
import { cut } from './transportFault';

/** A request that was read and entered in the log. */
export interface Received {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly arrival: Arrival;
	readonly logged: LoggedRequest;
	readonly subject: FaultSubject;
}

export interface Reception {
	readonly settings: Settings;
	readonly faults: FaultSource;
	readonly requests: LoggedRequest[];
}

/**
 * Reads a request and writes it down. Null where there is nothing left to answer: a fault has cut the
 * connection, the body was too large (`refuse` has answered), or the client has gone.
 */
export async function receive(
	reception: Reception,
	request: IncomingMessage,
	response: ServerResponse,
	arrival: Arrival,
	place: FaultPlace | null,
	about: Pick<FaultSubject, 'operation' | 'paymentHash'>,
	refuse: (response: ServerResponse) => void,
): Promise<Received | null> {
	const { settings, faults, requests } = reception;
	const { path, faultText } = arrival;
	const head = { ...about, path, headers: request.headers, body: Buffer.alloc(0) };
	const cutEarly = place !== null && faults.cutsBeforeReading(place, head, faultText);
	const body = cutEarly ? null : await readBody(request, settings.maxBodyBytes);
	const logged = logRequest(requests, settings, request, response, {
		path,
		operation: about.operation,
		fault: cutEarly ? 'cutBeforeReading' : null,
		body: body ?? Buffer.alloc(0),
	});
	if (body !== null) return { request, response, arrival, logged, subject: { ...head, body } };
	if (cutEarly) cut(response);
	else if (!response.destroyed) refuse(response);
	return null;
}

/** Answers 400 with the list of faults where a request names one that does not exist. */
export function explainingFaults(answer: Answer): Answer {
	return async (request, response) => {
		await answer(request, response).catch((cause: unknown) => {
			if (!(cause instanceof UnknownFault) || response.headersSent) throw cause;
			sendBytes(response, 400, 'text/plain; charset=utf-8', Buffer.from(cause.message));
		});
	};
}
