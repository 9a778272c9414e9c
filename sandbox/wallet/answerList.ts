import { sendJson } from '../send';
import { fundingObject, invoiceObject, paymentObject } from './paymentObject';
import type { WalletState, WalletVisit } from './walletVisit';

/** As many as LNbits shows unless told otherwise, and at most. */
const USUAL = 10;
const MOST = 1_000;

/** `GET /api/v1/payments`: what comes in and what goes out, the newest first, what failed left out. */
export function answerList({ wallet, settings }: WalletState, visit: WalletVisit): void {
	const now = settings.now();
	const rows = [
		...wallet.payments.map((payment) => paymentObject(payment, wallet.id, payment.preimage)),
		...wallet.invoices.map((invoice) => invoiceObject(invoice, wallet.id, now)),
		...(settings.balanceMsat > 0 ? [fundingObject(settings.balanceMsat, wallet)] : []),
	];
	const shown = rows
		.filter(({ status }) => status !== 'failed')
		.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
	const { query } = visit.arrival;
	const offset = Number(query.get('offset') ?? 0);
	const limit = Math.min(MOST, Number(query.get('limit') ?? USUAL));
	sendJson(visit.response, 200, shown.slice(offset, offset + limit));
}
