export type PaymentStatus = 'pending' | 'success' | 'failed';

/** One outgoing payment, in the words of LNbits' Payment object. */
export interface PlayPayment {
	readonly paymentHash: string;
	readonly invoice: string;
	readonly amountMsat: number;
	readonly memo: string;
	readonly extra: Readonly<Record<string, unknown>>;
	/** ms since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number;
	updatedAt: number;
	status: PaymentStatus;
	/** While pending: what is set aside. Afterward: what it cost. */
	feeMsat: number;
	/** As the API tells it; null while unknown. */
	preimage: string | null;
	/** Look-ups until a pending payment ends, and how. */
	pending: { lookupsLeft: number; readonly then: 'success' | 'failed' } | null;
	/** How often this hash was asked to be paid. More than once is a double payment prevented here. */
	payCalls: number;
}

/** Refused by LNbits: HTTP 520 with these words. */
export class PaymentError extends Error {
	constructor(
		message: string,
		readonly status: PaymentStatus,
	) {
		super(message);
	}
}
