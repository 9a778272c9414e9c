import { sendJson } from '../send';
import { invoiceObject } from './paymentObject';
import { readJsonObject } from './readJsonObject';
import type { WalletState, WalletVisit } from './walletVisit';

const HOUR_SECONDS = 3600;

/** `POST /api/v1/payments {"out": false, …}`: either key may. The amount is in sats. */
export function answerMakeInvoice({ wallet, settings }: WalletState, visit: WalletVisit): void {
	const { amount, unit = 'sat', memo, expiry } = readJsonObject(visit.subject.body) ?? {};
	if (typeof amount !== 'number' || !Number.isInteger(amount) || amount <= 0 || unit !== 'sat') {
		sendJson(visit.response, 400, { detail: 'Amount must be a whole number of sats above zero.' });
		return;
	}
	const seconds = typeof expiry === 'number' ? expiry : HOUR_SECONDS;
	const text = typeof memo === 'string' ? memo : '';
	const invoice = wallet.makeInvoice(amount * 1000, text, seconds);
	sendJson(visit.response, 201, invoiceObject(invoice, wallet.id, settings.now()));
}
