import type { Network } from '../bolt11/prefix';

/**
 * What taking a refund needs of a wallet: an invoice, and word of whether it has been paid. Like
 * `Payer` it belongs to its consumer, and every outcome is a value.
 */
export interface Receiver {
	/** Has the wallet make one invoice, checked by our own decoder. Never throws, never spends. */
	makeInvoice(wanted: WantedInvoice): Promise<MakeOutcome>;
	/** Whether an invoice that this wallet has made was paid. Never throws, never spends. */
	lookupReceived(paymentHash: string, timeoutMs: number): Promise<ReceiveOutcome>;
}

export interface WantedInvoice {
	/** Above zero. */
	readonly amountMsat: bigint;
	readonly network: Network;
	/** What the payer reads in the invoice; ASCII, at most 100 characters. */
	readonly memo: string;
	readonly expirySeconds: number;
	readonly timeoutMs: number;
}

/** An invoice to be paid by somebody else, for exactly the amount and network that were asked. */
export interface Made {
	readonly status: 'made';
	/** BOLT 11, lower case. */
	readonly text: string;
	/** 64 lower-case hex digits. */
	readonly paymentHash: string;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
}

export type MakeOutcome =
	| Made
	/** This credential, or this kind of wallet, cannot make such an invoice. */
	| { readonly status: 'unsupported'; readonly reason: string }
	/** Not this time. */
	| { readonly status: 'failed'; readonly reason: string };

export type ReceiveOutcome =
	/** The money is in the wallet. */
	| { readonly status: 'received' }
	/** Not paid so far. */
	| { readonly status: 'waiting' }
	/** Not paid, and cannot be any more. */
	| { readonly status: 'expired' }
	| { readonly status: 'unknown'; readonly reason: string };
