import { sendJson } from '../send';
import { readInvoice, type ReadInvoice } from '../mintInvoice';
import { readJsonObject } from './readJsonObject';
import type { WalletState, WalletVisit } from './walletVisit';

function tryReadInvoice(text: string): ReadInvoice | null {
	try {
		return readInvoice(text);
	} catch {
		return null;
	}
}

/** `GET /api/v1/wallet`: the id is for the admin key alone. */
export function describeWallet({ wallet }: WalletState, visit: WalletVisit): void {
	sendJson(visit.response, 200, {
		name: 'Sats4AI sandbox',
		balance: wallet.balanceMsat,
		...(visit.key === 'admin' ? { id: wallet.id } : {}),
	});
}

/** `GET /api/v1/payments/fee-reserve?invoice=…` */
export function answerFeeReserve({ wallet }: WalletState, visit: WalletVisit): void {
	const invoice = tryReadInvoice(visit.arrival.query.get('invoice') ?? '');
	if (invoice === null) {
		sendJson(visit.response, 500, { detail: 'Bech32 decoding failed.' });
	} else if (invoice.amountMsat === null) {
		sendJson(visit.response, 400, { detail: 'Invoice has no amount.' });
	} else {
		sendJson(visit.response, 200, { fee_reserve: wallet.feeReserveMsat(invoice.amountMsat) });
	}
}

/** `POST /api/v1/payments/decode {"data": "…"}` */
export function answerDecode(visit: WalletVisit): void {
	const { data } = readJsonObject(visit.subject.body) ?? {};
	const text = typeof data === 'string' ? data : '';
	const invoice = tryReadInvoice(text);
	if (invoice === null) {
		sendJson(visit.response, 400, { message: 'Failed to decode: not a BOLT11 invoice' });
		return;
	}
	sendJson(visit.response, 200, {
		currency: /^ln([a-z]+?)\d/.exec(text.toLowerCase())?.[1] ?? '',
		amount_msat: invoice.amountMsat,
		date: invoice.timestamp,
		payment_hash: invoice.paymentHash,
		payment_secret: invoice.paymentSecret,
		description: invoice.description,
		expiry: invoice.expirySeconds,
		payee: invoice.payee,
	});
}
