import type { IncomingMessage, ServerResponse } from 'node:http';
import { readArrival, type Arrival } from '../arrival';
import { UnknownFault } from '../faultText';
import type { FaultPlace, FaultSubject, TransportFault } from '../faults';
import type { Answer } from '../openPort';
import { readBody } from '../readBody';
import { logRequest } from '../requestLog';
import { sendBytes, sendJson } from '../send';
import { cut, isTransportFault, strike } from '../transportFault';
import { answerAsk } from './answerAsk';
import { answerJobStatus, answerLink } from './answerLink';
import { answerRedeem } from './answerRedeem';
import { describeService, listModels } from './catalogue';
import { endpointOf, type Endpoint } from './endpoints';
import { sendError } from './errorEnvelope';
import { hashOfCredential, readCredential } from './judge';
import { sendFaultStatus } from './sendFaultStatus';
import type { ServiceState, Visit } from './visit';

type Route =
	| { readonly kind: 'paid'; readonly endpoint: Endpoint }
	| { readonly kind: 'describe'; readonly endpoint: Endpoint }
	| { readonly kind: 'models' | 'jobStatus' | 'link' | 'unknown' };

function routeOf({ method, path }: Arrival): Route {
	if (method === 'GET' && path === '/api/l402/models') return { kind: 'models' };
	if (method === 'GET' && path === '/api/l402/job-status') return { kind: 'jobStatus' };
	if (method === 'GET' && path.startsWith('/uploads/')) return { kind: 'link' };
	const endpoint = endpointOf(path.replace(/^\/api\/l402\//, ''));
	if (endpoint === null || !path.startsWith('/api/l402/')) return { kind: 'unknown' };
	if (method === 'POST') return { kind: 'paid', endpoint };
	return method === 'GET' ? { kind: 'describe', endpoint } : { kind: 'unknown' };
}

function placeOf(route: Route, authorized: boolean): FaultPlace | null {
	if (route.kind === 'paid') return authorized ? 'redeem' : 'ask';
	return route.kind === 'link' || route.kind === 'jobStatus' ? route.kind : null;
}

/** Secrets that came along where they should not. */
function noteLeaks(
	state: ServiceState,
	route: Route,
	request: IncomingMessage,
	path: string,
): void {
	const at = state.settings.now();
	if (request.headers['x-api-key'] !== undefined) {
		state.leaks.push({ where: 'service', header: 'x-api-key', path, at });
	}
	if (route.kind !== 'paid' && request.headers.authorization !== undefined) {
		const where = route.kind === 'link' ? 'link' : 'service';
		state.leaks.push({ where, header: 'authorization', path, at });
	}
}

class ServiceHandler {
	constructor(private readonly state: ServiceState) {}

	async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { state } = this;
		const arrival = readArrival(request);
		const route = routeOf(arrival);
		const operation = 'endpoint' in route ? route.endpoint.operation : null;
		const { authorization } = request.headers;
		noteLeaks(state, route, request, arrival.path);
		const credential = authorization === undefined ? null : readCredential(authorization);
		const head: FaultSubject = {
			operation,
			path: arrival.path,
			headers: request.headers,
			body: Buffer.alloc(0),
			paymentHash: credential === null ? null : hashOfCredential(credential),
		};
		const place = placeOf(route, authorization !== undefined);
		const cutEarly =
			place !== null && state.faults.cutsBeforeReading(place, head, arrival.faultText);
		const body = cutEarly ? null : await readBody(request, state.settings.maxBodyBytes);
		const logged = logRequest(state.requests, state.settings, request, response, {
			path: arrival.path,
			operation,
			fault: cutEarly ? 'cutBeforeReading' : null,
			body: body ?? Buffer.alloc(0),
		});
		if (cutEarly) cut(response);
		else if (body === null) this.tooLarge(response);
		else {
			const visit = { request, response, arrival, logged, subject: { ...head, body } };
			await this.respond(visit, route, credential);
		}
	}

	private tooLarge(response: ServerResponse): void {
		if (response.destroyed) return;
		sendError(response, 413, {
			error: 'The request body is too large.',
			error_code: 'INVALID_INPUT',
			suggestion: 'Send a smaller image.',
		});
	}

	private async respond(
		visit: Visit,
		route: Route,
		credential: ReturnType<typeof readCredential>,
	): Promise<void> {
		const { state } = this;
		const { response, subject, arrival, logged } = visit;
		const endpoint = 'endpoint' in route ? route.endpoint : null;
		const doStrike = (fault: TransportFault): void =>
			strike(fault, {
				request: visit.request,
				response,
				redirectTo: `${state.strangerUrl()}${arrival.path}`,
				sendStatus: (status) => sendFaultStatus(state, visit, endpoint, status),
			});
		switch (route.kind) {
			case 'paid': {
				if (logged.authorizationPresent) {
					const fault = state.faults.take('redeem', subject, arrival.faultText);
					logged.fault = fault?.kind ?? null;
					await answerRedeem(state, visit, route.endpoint, credential, fault, doStrike);
					return;
				}
				const fault = state.faults.take('ask', subject, arrival.faultText);
				logged.fault = fault?.kind ?? null;
				if (fault !== null && isTransportFault(fault)) doStrike(fault);
				else await answerAsk(state, visit, route.endpoint, fault);
				return;
			}
			case 'link':
			case 'jobStatus': {
				const fault = state.faults.take(route.kind, subject, arrival.faultText);
				logged.fault = fault?.kind ?? null;
				if (fault !== null && isTransportFault(fault)) doStrike(fault);
				else if (route.kind === 'jobStatus') answerJobStatus(state, visit);
				else answerLink(state, visit, fault?.kind === 'truncatedImage');
				return;
			}
			case 'models':
				sendJson(response, 200, listModels(state.settings.prices));
				return;
			case 'describe':
				sendJson(response, 200, describeService(route.endpoint, state.settings.prices));
				return;
			case 'unknown':
				sendError(response, 404, {
					error: `No ${arrival.method} ${arrival.path} here.`,
					error_code: 'NOT_FOUND',
					suggestion: 'POST to /api/l402/colorize-image and its four neighbours.',
				});
		}
	}
}

/** The service's port: five paid endpoints, the free pages about them, and the result links. */
export function serviceAnswer(state: ServiceState): Answer {
	const handler = new ServiceHandler(state);
	return async (request, response) => {
		await handler.answer(request, response).catch((cause: unknown) => {
			if (!(cause instanceof UnknownFault) || response.headersSent) throw cause;
			sendBytes(response, 400, 'text/plain; charset=utf-8', Buffer.from(cause.message));
		});
	};
}
