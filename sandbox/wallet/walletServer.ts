import { readArrival, type Arrival } from '../arrival';
import type { FaultPlace, LookupFault, TransportFault } from '../faults';
import type { Answer } from '../openPort';
import { explainingFaults, receive, type Received } from '../receive';
import { sendJson } from '../send';
import { cut, isTransportFault, retryAfterHeader, strike } from '../transportFault';
import { answerDecode, answerFeeReserve, describeWallet } from './answerFree';
import { answerList } from './answerList';
import { answerLookup } from './answerLookup';
import { answerMakeInvoice } from './answerMakeInvoice';
import { answerPay } from './answerPay';
import { readJsonObject } from './readJsonObject';
import type { KeyKind, WalletState, WalletVisit } from './walletVisit';

type Route =
	| { readonly kind: 'pay' | 'list' | 'feeReserve' | 'wallet' | 'decode' | 'unknown' }
	| { readonly kind: 'lookup'; readonly paymentHash: string };

function routeOf({ method, path }: Arrival): Route {
	if (method === 'GET' && path === '/api/v1/wallet') return { kind: 'wallet' };
	const found = /^\/api\/v1\/payments(?:\/([\w-]+))?$/.exec(path);
	if (found === null) return { kind: 'unknown' };
	const tail = found[1];
	if (method === 'POST' && tail === undefined) return { kind: 'pay' };
	if (method === 'POST' && tail === 'decode') return { kind: 'decode' };
	if (method !== 'GET') return { kind: 'unknown' };
	if (tail === undefined) return { kind: 'list' };
	return tail === 'fee-reserve' ? { kind: 'feeReserve' } : { kind: 'lookup', paymentHash: tail };
}

function placeOf(route: Route): FaultPlace | null {
	return route.kind === 'decode' || route.kind === 'unknown' ? null : route.kind;
}

function keyOf({ settings }: WalletState, key: string | string[] | undefined): KeyKind {
	if (key === undefined || key === '') return 'none';
	if (key === settings.adminKey) return 'admin';
	return key === settings.invoiceKey ? 'invoice' : 'unknown';
}

/** @returns whether the request was refused for its key */
function refusedForKey({ key, response }: WalletVisit): boolean {
	if (key === 'none') sendJson(response, 401, { detail: 'No Api Key provided.' });
	if (key === 'unknown') sendJson(response, 404, { detail: 'Wallet not found.' });
	return key === 'none' || key === 'unknown';
}

function strikerOf(state: WalletState, visit: WalletVisit): (fault: TransportFault) => void {
	const { request, response, arrival } = visit;
	return (fault) =>
		strike(fault, {
			request,
			response,
			redirectTo: `${state.strangerUrl()}${arrival.path}`,
			sendStatus: (status) =>
				sendJson(
					response,
					status.status,
					{ detail: status.message ?? `The sandbox was told to fail with ${status.status}.` },
					retryAfterHeader(status, state.settings.now()),
				),
		});
}

function respond(state: WalletState, visit: WalletVisit, route: Route): void {
	const { response, arrival, logged, subject } = visit;
	const striker = strikerOf(state, visit);
	/** @returns whether a fault has answered */
	const struck = (fault: LookupFault | null): boolean => {
		logged.fault = fault?.kind ?? null;
		if (fault === null) return false;
		if (isTransportFault(fault)) striker(fault);
		else sendJson(response, 401, { detail: 'Invalid adminkey.' });
		return true;
	};
	switch (route.kind) {
		case 'pay': {
			if (refusedForKey(visit)) return;
			if (readJsonObject(subject.body)?.out === false) {
				if (struck(state.faults.take('makeInvoice', subject, arrival.faultText))) return;
				answerMakeInvoice(state, visit);
				return;
			}
			const fault = state.faults.take('pay', subject, arrival.faultText);
			logged.fault = fault?.kind ?? null;
			answerPay(state, visit, fault, striker);
			return;
		}
		case 'lookup':
			if (struck(state.faults.take('lookup', subject, arrival.faultText))) return;
			answerLookup(state, visit, route.paymentHash);
			return;
		case 'list':
			if (struck(state.faults.take('list', subject, arrival.faultText))) return;
			if (!refusedForKey(visit)) answerList(state, visit);
			return;
		case 'feeReserve': {
			const fault = state.faults.take('feeReserve', subject, arrival.faultText);
			if (fault?.kind === 'amount') {
				logged.fault = fault.kind;
				sendJson(response, 200, { fee_reserve: fault.msat });
			} else if (!struck(fault)) answerFeeReserve(state, visit);
			return;
		}
		case 'wallet':
			if (struck(state.faults.take('wallet', subject, arrival.faultText))) return;
			if (!refusedForKey(visit)) describeWallet(state, visit);
			return;
		case 'decode':
			answerDecode(visit);
			return;
		case 'unknown':
			sendJson(response, 404, { detail: 'Not Found' });
	}
}

/** What a pay call is about, as far as the service knows the invoice. */
function aboutInvoice(state: WalletState, received: Received): Received {
	const { bolt11 } = readJsonObject(received.subject.body) ?? {};
	const entry = typeof bolt11 === 'string' ? state.ledger.byInvoice(bolt11) : null;
	if (entry === null) return received;
	const { operation, paymentHash } = entry;
	return { ...received, subject: { ...received.subject, operation, paymentHash } };
}

/** The wallet's port: as much of LNbits' HTTP API as paying needs. */
export function walletAnswer(state: WalletState): Answer {
	return explainingFaults(async (request, response) => {
		const arrival = readArrival(request);
		const route = routeOf(arrival);
		if (request.headers.authorization !== undefined) {
			const at = state.settings.now();
			state.leaks.push({ where: 'wallet', header: 'authorization', path: arrival.path, at });
		}
		const paymentHash = route.kind === 'lookup' ? route.paymentHash : null;
		const operation =
			paymentHash === null ? null : (state.ledger.byHash(paymentHash)?.operation ?? null);
		const about = { operation, paymentHash };
		const place = placeOf(route);
		const received = await receive(state, request, response, arrival, place, about, cut);
		if (received === null) return;
		const known = route.kind === 'pay' ? aboutInvoice(state, received) : received;
		respond(state, { ...known, key: keyOf(state, request.headers['x-api-key']) }, route);
	});
}
