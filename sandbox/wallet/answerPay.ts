import { randomBytes } from 'node:crypto';
import type { PayFault, TransportFault } from '../faults';
import { sendJson } from '../send';
import { cut, isTransportFault } from '../transportFault';
import { paymentObject, type PaymentObject } from './paymentObject';
import { PaymentError, type PlayPayment } from './playPayment';
import { isRecord, readJsonObject } from './readJsonObject';
import type { WalletState, WalletVisit } from './walletVisit';

/** Stands for the preimage where a fault says so. `undefined` leaves the key out. */
function spoiled(fault: Extract<PayFault, { kind: 'preimage' }>): string | null | undefined {
	switch (fault.preimage) {
		case 'null':
			return null;
		case 'zeros':
			return '0'.repeat(64);
		case 'wrong':
			return randomBytes(32).toString('hex');
		case 'missing':
			return undefined;
	}
}

function send201(
	visit: WalletVisit,
	payment: PaymentObject | Omit<PaymentObject, 'preimage'>,
): void {
	sendJson(visit.response, 201, payment);
}

/** 201 with everything in place and not a satoshi moved; a look-up finds nothing. */
function lie(state: WalletState, visit: WalletVisit, invoice: string, real: boolean): void {
	const entry = state.ledger.byInvoice(invoice);
	const now = state.settings.now();
	const preimage = real && entry !== null ? entry.preimage : randomBytes(32).toString('hex');
	const claimed: PlayPayment = {
		paymentHash: entry?.paymentHash ?? randomBytes(32).toString('hex'),
		invoice,
		amountMsat: entry?.priceMsat ?? 0,
		memo: '',
		extra: {},
		createdAt: now,
		expiresAt: entry?.expiresAt ?? now,
		updatedAt: now,
		status: 'success',
		feeMsat: 0,
		preimage,
		pending: null,
		payCalls: 1,
	};
	send201(visit, paymentObject(claimed, state.wallet.id, preimage));
}

/** Opens the payment and lets the fault, if any, decide how it goes on. Throws `PaymentError`. */
function pay(
	state: WalletState,
	visit: WalletVisit,
	invoice: string,
	extra: Readonly<Record<string, unknown>>,
	fault: Exclude<PayFault, TransportFault> | null,
): void {
	const { wallet } = state;
	if (fault?.kind === 'insufficient') throw new PaymentError('Insufficient balance.', 'failed');
	if (fault?.kind === 'lie') {
		lie(state, visit, invoice, fault.preimage === 'real');
		return;
	}
	const payment = wallet.open(invoice, extra);
	if (fault?.kind === 'noRoute' || fault?.kind === 'failed') {
		wallet.fail(payment);
		if (fault.kind === 'noRoute') throw new PaymentError('Payment failed: no route', 'failed');
		send201(visit, paymentObject(payment, wallet.id, null));
		return;
	}
	if (fault?.kind === 'pending') {
		payment.pending = { lookupsLeft: fault.lookups ?? 2, then: fault.then ?? 'success' };
		send201(visit, paymentObject(payment, wallet.id, null));
		return;
	}
	const sending = wallet.send(payment);
	if (!sending.ok) throw new PaymentError(`Payment failed: ${sending.reason}`, 'failed');
	if (fault?.kind === 'cutAfter') {
		cut(visit.response);
		return;
	}
	if (fault?.kind === 'hangAfter') return;
	if (fault?.kind !== 'preimage') {
		send201(visit, paymentObject(payment, wallet.id, payment.preimage));
		return;
	}
	const told = spoiled(fault);
	if (fault.onLookup === 'same') state.toldPreimages.set(payment.paymentHash, told);
	const { preimage: _right, ...rest } = paymentObject(payment, wallet.id, null);
	send201(visit, told === undefined ? rest : { ...rest, preimage: told });
}

/** `POST /api/v1/payments`. */
export function answerPay(
	state: WalletState,
	visit: WalletVisit,
	fault: PayFault | null,
	strike: (fault: TransportFault) => void,
): void {
	const { response } = visit;
	if (fault !== null && isTransportFault(fault)) {
		strike(fault);
		return;
	}
	if (fault?.kind === 'unauthorized') {
		sendJson(response, 401, { detail: 'Invalid adminkey.' });
		return;
	}
	const body = readJsonObject(visit.subject.body);
	if (body === null) {
		sendJson(response, 422, { detail: 'The body must be a JSON object.' });
		return;
	}
	if (visit.key !== 'admin') {
		sendJson(response, 403, { detail: 'Invoice (or Admin) key required.' });
		return;
	}
	if (typeof body.bolt11 !== 'string' || body.bolt11 === '') {
		sendJson(response, 400, { detail: 'Missing BOLT11 invoice' });
		return;
	}
	try {
		pay(state, visit, body.bolt11, isRecord(body.extra) ? body.extra : {}, fault);
	} catch (cause) {
		if (!(cause instanceof PaymentError)) throw cause;
		sendJson(response, 520, { detail: cause.message, status: cause.status });
	}
}
