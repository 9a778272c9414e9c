import { sendJson } from '../send';
import { invoiceObject, paymentObject } from './paymentObject';
import type { PlayInvoice } from './playInvoice';
import type { PlayPayment } from './playPayment';
import type { WalletState, WalletVisit } from './walletVisit';

function toldPreimage(state: WalletState, payment: PlayPayment): { preimage?: string | null } {
	if (!state.toldPreimages.has(payment.paymentHash)) return { preimage: payment.preimage };
	const told = state.toldPreimages.get(payment.paymentHash);
	return told === undefined ? {} : { preimage: told };
}

/** The same of an invoice of the wallet's own: amounts that come in are positive. */
function answerReceived(
	{ wallet, settings }: WalletState,
	visit: WalletVisit,
	invoice: PlayInvoice,
) {
	const isPaid = invoice.paidAt !== null;
	const details = invoiceObject(invoice, wallet.id, settings.now());
	const known = visit.key === 'admin' || visit.key === 'invoice';
	sendJson(visit.response, 200, {
		paid: isPaid,
		...(isPaid ? {} : { status: details.status }),
		preimage: details.preimage,
		...(known ? { details } : {}),
	});
}

/** `GET /api/v1/payments/{payment_hash}`: answers without a key too, then without details. */
export function answerLookup(state: WalletState, visit: WalletVisit, paymentHash: string): void {
	const { wallet } = state;
	const payment = wallet.find(paymentHash);
	const invoice = payment === null ? wallet.findInvoice(paymentHash) : null;
	if (invoice !== null) {
		answerReceived(state, visit, invoice);
		return;
	}
	if (payment === null) {
		sendJson(visit.response, 404, { detail: 'Payment does not exist.' });
		return;
	}
	wallet.look(payment);
	const told = toldPreimage(state, payment);
	const { preimage: _right, ...rest } = paymentObject(payment, wallet.id, null);
	const known = visit.key === 'admin' || visit.key === 'invoice';
	const details = known ? { details: { ...rest, ...told } } : {};
	if (payment.status === 'success') {
		sendJson(visit.response, 200, { paid: true, ...told, ...details });
	} else if (payment.status === 'failed') {
		sendJson(visit.response, 200, { paid: false, status: 'failed', ...details });
	} else {
		const status = known ? { status: 'pending' } : {};
		sendJson(visit.response, 200, { paid: false, ...status, preimage: null, ...details });
	}
}
