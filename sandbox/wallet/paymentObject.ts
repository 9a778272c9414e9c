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

export type PaymentObject = ReturnType<typeof paymentObject>;
