import type { ServerResponse } from 'node:http';
import { readArrival } from '../arrival';
import type { TransportFault } from '../faults';
import type { Answer } from '../openPort';
import { explainingFaults, receive } from '../receive';
import { sendJson } from '../send';
import { isTransportFault, strike } from '../transportFault';
import { answerAsk } from './answerAsk';
import { answerJobStatus, answerLink } from './answerLink';
import { answerRedeem } from './answerRedeem';
import { answerClaim, answerWithdraw } from './answerRefund';
import { describeService, listModels } from './catalog';
import { sendError } from './errorEnvelope';
import { hashOfCredential, readCredential, type Credential } from './judge';
import { noteLeaks, placeOf, routeOf, type Route } from './route';
import { sendFaultStatus } from './sendFaultStatus';
import type { ServiceState, Visit } from './visit';

type Striker = (fault: TransportFault) => void;

/** Notes which fault strikes this request, if any. */
function noted<F extends { readonly kind: string }>(visit: Visit, fault: F | null): F | null {
	visit.logged.fault = fault?.kind ?? null;
	return fault;
}

function strikerOf(state: ServiceState, visit: Visit, route: Route): Striker {
	const endpoint = 'endpoint' in route ? route.endpoint : null;
	return (fault) =>
		strike(fault, {
			request: visit.request,
			response: visit.response,
			redirectTo: `${state.strangerUrl()}${visit.arrival.path}`,
			sendStatus: (status) => sendFaultStatus(state, visit, endpoint, status),
		});
}

async function respond(
	state: ServiceState,
	visit: Visit,
	route: Route,
	credential: Credential | null,
): Promise<void> {
	const { response, subject, arrival, logged } = visit;
	const striker = strikerOf(state, visit, route);
	switch (route.kind) {
		case 'paid': {
			if (logged.authorizationPresent) {
				const fault = noted(visit, state.faults.take('redeem', subject, arrival.faultText));
				await answerRedeem(state, visit, route.endpoint, credential, fault, striker);
				return;
			}
			const fault = noted(visit, state.faults.take('ask', subject, arrival.faultText));
			if (fault !== null && isTransportFault(fault)) striker(fault);
			else await answerAsk(state, visit, route.endpoint, fault);
			return;
		}
		case 'link':
		case 'jobStatus': {
			const fault = noted(visit, state.faults.take(route.kind, subject, arrival.faultText));
			if (fault !== null && isTransportFault(fault)) striker(fault);
			else if (route.kind === 'jobStatus') answerJobStatus(state, visit);
			else answerLink(state, visit, fault?.kind === 'truncatedImage');
			return;
		}
		case 'withdraw': {
			const fault = noted(visit, state.faults.take('withdraw', subject, arrival.faultText));
			if (fault !== null && isTransportFault(fault)) striker(fault);
			else answerWithdraw(state, visit, route.chargeId, fault);
			return;
		}
		case 'claim': {
			const fault = noted(visit, state.faults.take('claim', subject, arrival.faultText));
			if (fault !== null && isTransportFault(fault)) striker(fault);
			else answerClaim(state, visit, route.chargeId, fault);
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
				suggestion: 'POST to /api/l402/colorize-image and its neighbors.',
			});
	}
}

function refuseLarge(response: ServerResponse): void {
	sendError(response, 413, {
		error: 'The request body is too large.',
		error_code: 'INVALID_INPUT',
		suggestion: 'Send a smaller image.',
	});
}

/** The service's port: the paid endpoints, the free pages about them, and the result links. */
export function serviceAnswer(state: ServiceState): Answer {
	return explainingFaults(async (request, response) => {
		const arrival = readArrival(request);
		const route = routeOf(arrival);
		const { authorization } = request.headers;
		noteLeaks(state, route, request, arrival.path);
		const credential = authorization === undefined ? null : readCredential(authorization);
		const place = placeOf(route, authorization !== undefined);
		const about = {
			operation: 'endpoint' in route ? route.endpoint.operation : null,
			paymentHash:
				'chargeId' in route
					? state.refunds.paymentHashOf(route.chargeId)
					: credential === null
						? null
						: hashOfCredential(credential),
		};
		const visit = await receive(state, request, response, arrival, place, about, refuseLarge);
		if (visit !== null) await respond(state, visit, route, credential);
	});
}
