import type { MintedInvoice } from '../mintInvoice';

/** An invoice that the play wallet has made, to be paid by somebody else. */
export interface PlayInvoice extends MintedInvoice {
	readonly amountMsat: number;
	readonly memo: string;
	/** ms since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number;
	paidAt: number | null;
}
