import { sendJson } from '../send';
import { paymentObject } from './paymentObject';
import type { PlayPayment } from './playPayment';
import type { WalletState, WalletVisit } from './walletVisit';

function toldPreimage(state: WalletState, payment: PlayPayment): { preimage?: string | null } {
	if (!state.toldPreimages.has(payment.paymentHash)) return { preimage: payment.preimage };
	const told = state.toldPreimages.get(payment.paymentHash);
	return told === undefined ? {} : { preimage: told };
}

/** `GET /api/v1/payments/{payment_hash}`: answers without a key too, then without details. */
export function answerLookup(state: WalletState, visit: WalletVisit, paymentHash: string): void {
	const { wallet } = state;
	const payment = wallet.find(paymentHash);
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
