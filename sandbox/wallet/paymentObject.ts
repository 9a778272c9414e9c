import { createHash } from 'node:crypto';
import type { PlayInvoice } from './playInvoice';
import type { PlayPayment } from './playPayment';

/** LNbits' Payment object as it goes over the wire: amount and fee are negative, in msat. */
export function paymentObject(payment: PlayPayment, walletId: string, preimage: string | null) {
	const createdAt = new Date(payment.createdAt).toISOString();
	return {
		checking_id: payment.paymentHash,
		payment_hash: payment.paymentHash,
		wallet_id: walletId,
		amount: -payment.amountMsat,
		fee: -payment.feeMsat,
		bolt11: payment.invoice,
		payment_request: payment.invoice,
		fiat_provider: null,
		status: payment.status,
		memo: payment.memo,
		expiry: new Date(payment.expiresAt).toISOString(),
		webhook: null,
		webhook_status: null,
		preimage,
		tag: null,
		extension: null,
		time: createdAt,
		created_at: createdAt,
		updated_at: new Date(payment.updatedAt).toISOString(),
		labels: [],
		extra: payment.extra,
	};
}

/** The same for an invoice of the wallet's own. */
export function invoiceObject(invoice: PlayInvoice, walletId: string, now: number) {
	const createdAt = new Date(invoice.createdAt).toISOString();
	const isOver = invoice.paidAt === null && invoice.expiresAt <= now;
	return {
		checking_id: invoice.paymentHash,
		payment_hash: invoice.paymentHash,
		wallet_id: walletId,
		amount: invoice.amountMsat,
		fee: 0,
		bolt11: invoice.text,
		payment_request: invoice.text,
		status: invoice.paidAt !== null ? 'success' : isOver ? 'failed' : 'pending',
		memo: invoice.memo,
		expiry: new Date(invoice.expiresAt).toISOString(),
		preimage: invoice.preimage,
		time: createdAt,
		created_at: createdAt,
		updated_at: new Date(invoice.paidAt ?? invoice.createdAt).toISOString(),
		extra: {},
	};
}

/** The same for what the wallet was opened with, as LNbits' operator credits a wallet. */
export function fundingObject(amountMsat: number, wallet: { id: string; openedAt: number }) {
	const openedAt = new Date(wallet.openedAt).toISOString();
	return {
		checking_id: 'internal_opening',
		payment_hash: createHash('sha256').update(wallet.id).digest('hex'),
		wallet_id: wallet.id,
		amount: amountMsat,
		fee: 0,
		bolt11: '',
		status: 'success',
		memo: 'Admin credit',
		preimage: null,
		time: openedAt,
		created_at: openedAt,
		updated_at: openedAt,
		extra: {},
	};
}

export type PaymentObject = ReturnType<typeof paymentObject>;
