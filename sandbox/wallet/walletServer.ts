import type { IncomingMessage, ServerResponse } from 'node:http';
import { readArrival, type Arrival } from '../arrival';
import { UnknownFault } from '../faultText';
import type { FaultPlace, FaultSubject, LookupFault, TransportFault } from '../faults';
import { readInvoice, type ReadInvoice } from '../mintInvoice';
import type { Answer } from '../openPort';
import { readBody } from '../readBody';
import { logRequest } from '../requestLog';
import { sendBytes, sendJson } from '../send';
import { cut, isTransportFault, retryAfterHeader, strike } from '../transportFault';
import { answerLookup } from './answerLookup';
import { answerPay } from './answerPay';
import type { KeyKind, WalletState, WalletVisit } from './walletVisit';

type Route =
	| { readonly kind: 'pay' | 'feeReserve' | 'wallet' | 'decode' | 'unknown' }
	| { readonly kind: 'lookup'; readonly paymentHash: string };

function routeOf({ method, path }: Arrival): Route {
	const [, tail] = /^\/api\/v1\/payments(?:\/([\w-]+))?$/.exec(path) ?? [path, path];
	if (method === 'GET' && path === '/api/v1/wallet') return { kind: 'wallet' };
	if (tail === path) return { kind: 'unknown' };
	if (method === 'POST' && tail === undefined) return { kind: 'pay' };
	if (method === 'POST' && tail === 'decode') return { kind: 'decode' };
	if (method !== 'GET' || tail === undefined) return { kind: 'unknown' };
	if (tail === 'fee-reserve') return { kind: 'feeReserve' };
	return { kind: 'lookup', paymentHash: tail };
}

function placeOf(route: Route): FaultPlace | null {
	return route.kind === 'decode' || route.kind === 'unknown' ? null : route.kind;
}

function tryReadInvoice(text: string): ReadInvoice | null {
	try {
		return readInvoice(text);
	} catch {
		return null;
	}
}

class WalletHandler {
	constructor(private readonly state: WalletState) {}

	async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { state } = this;
		const arrival = readArrival(request);
		const route = routeOf(arrival);
		const at = state.settings.now();
		const head: FaultSubject = {
			operation: null,
			path: arrival.path,
			headers: request.headers,
			body: Buffer.alloc(0),
			paymentHash: route.kind === 'lookup' ? route.paymentHash : null,
		};
		if (request.headers.authorization !== undefined) {
			state.leaks.push({ where: 'wallet', header: 'authorization', path: arrival.path, at });
		}
		const place = placeOf(route);
		const cutEarly =
			place !== null && state.faults.cutsBeforeReading(place, head, arrival.faultText);
		const body = cutEarly ? null : await readBody(request, state.settings.maxBodyBytes);
		const logged = logRequest(state.requests, state.settings, request, response, {
			path: arrival.path,
			operation: null,
			fault: cutEarly ? 'cutBeforeReading' : null,
			body: body ?? Buffer.alloc(0),
		});
		if (body === null) {
			cut(response);
			return;
		}
		const key = this.keyOf(request.headers['x-api-key']);
		this.respond({ request, response, arrival, logged, subject: { ...head, body }, key }, route);
	}

	private keyOf(key: string | string[] | undefined): KeyKind {
		const { adminKey, invoiceKey } = this.state.settings;
		if (key === undefined || key === '') return 'none';
		if (key === adminKey) return 'admin';
		return key === invoiceKey ? 'invoice' : 'unknown';
	}

	private respond(visit: WalletVisit, route: Route): void {
		const { state } = this;
		const { response, arrival, logged, subject } = visit;
		const doStrike = (fault: TransportFault): void =>
			strike(fault, {
				request: visit.request,
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
		const struck = (fault: LookupFault | null): boolean => {
			logged.fault = fault?.kind ?? null;
			if (fault === null) return false;
			if (isTransportFault(fault)) doStrike(fault);
			else sendJson(response, 401, { detail: 'Invalid adminkey.' });
			return true;
		};
		switch (route.kind) {
			case 'pay': {
				if (this.refuseKey(visit)) return;
				const fault = state.faults.take('pay', subject, arrival.faultText);
				logged.fault = fault?.kind ?? null;
				answerPay(state, visit, fault, doStrike);
				return;
			}
			case 'lookup':
				if (struck(state.faults.take('lookup', subject, arrival.faultText))) return;
				answerLookup(state, visit, route.paymentHash);
				return;
			case 'feeReserve': {
				const fault = state.faults.take('feeReserve', subject, arrival.faultText);
				if (fault?.kind === 'amount') {
					logged.fault = fault.kind;
					sendJson(response, 200, { fee_reserve: fault.msat });
				} else if (!struck(fault)) this.feeReserve(visit);
				return;
			}
			case 'wallet':
				if (struck(state.faults.take('wallet', subject, arrival.faultText))) return;
				if (!this.refuseKey(visit)) this.describe(visit);
				return;
			case 'decode':
				this.decode(visit);
				return;
			case 'unknown':
				sendJson(response, 404, { detail: 'Not Found' });
		}
	}

	/** @returns whether the request was refused for its key */
	private refuseKey(visit: WalletVisit): boolean {
		if (visit.key === 'none') {
			sendJson(visit.response, 401, { detail: 'No Api Key provided.' });
			return true;
		}
		if (visit.key === 'unknown') {
			sendJson(visit.response, 404, { detail: 'Wallet not found.' });
			return true;
		}
		return false;
	}

	private describe(visit: WalletVisit): void {
		const { wallet } = this.state;
		sendJson(visit.response, 200, {
			name: 'Sats4AI sandbox',
			balance: wallet.balanceMsat,
			...(visit.key === 'admin' ? { id: wallet.id } : {}),
		});
	}

	private feeReserve(visit: WalletVisit): void {
		const invoice = tryReadInvoice(visit.arrival.query.get('invoice') ?? '');
		if (invoice === null) {
			sendJson(visit.response, 500, { detail: 'Bech32 decoding failed.' });
		} else if (invoice.amountMsat === null) {
			sendJson(visit.response, 400, { detail: 'Invoice has no amount.' });
		} else {
			const reserve = this.state.wallet.feeReserveMsat(invoice.amountMsat);
			sendJson(visit.response, 200, { fee_reserve: reserve });
		}
	}

	private decode(visit: WalletVisit): void {
		const [, data = ''] = /"data"\s*:\s*"(\w+)"/.exec(visit.subject.body.toString('utf8')) ?? [];
		const invoice = tryReadInvoice(data);
		if (invoice === null) {
			sendJson(visit.response, 400, { message: 'Failed to decode: not a BOLT11 invoice' });
			return;
		}
		sendJson(visit.response, 200, {
			currency: /^ln([a-z]+?)\d/.exec(data.toLowerCase())?.[1] ?? '',
			amount_msat: invoice.amountMsat,
			date: invoice.timestamp,
			payment_hash: invoice.paymentHash,
			payment_secret: invoice.paymentSecret,
			description: invoice.description,
			expiry: invoice.expirySeconds,
			payee: invoice.payee,
		});
	}
}

/** The wallet's port: as much of LNbits' HTTP API as paying needs. */
export function walletAnswer(state: WalletState): Answer {
	const handler = new WalletHandler(state);
	return async (request, response) => {
		await handler.answer(request, response).catch((cause: unknown) => {
			if (!(cause instanceof UnknownFault) || response.headersSent) throw cause;
			sendBytes(response, 400, 'text/plain; charset=utf-8', Buffer.from(cause.message));
		});
	};
}
