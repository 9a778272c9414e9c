/**
 * What the payment state machine needs of a wallet. The port belongs to its consumer; the wallets
 * in `../wallets` satisfy it. Every outcome is a value, so that *unknown* cannot be mistaken for
 * *failed* by a stray `catch`.
 */

/** Why a wallet did not pay, as far as the user's next step depends on it. */
export type FailureCause =
	| 'unauthorized'
	| 'unreachable'
	| 'feeLimit'
	| 'balance'
	| 'budget'
	| 'noRoute'
	| 'offline'
	| 'expired'
	| 'rejected'
	| 'other';

/** What is paid: an invoice that passed every check. */
export interface PayableInvoice {
	/** BOLT 11 text, lower case, without a `lightning:` prefix. */
	readonly text: string;
	/** 64 lower-case hex digits. */
	readonly paymentHash: string;
	readonly amountMsat: bigint;
}

export interface PaymentLimits {
	/** Routing fee limit. Wallets without such a limit estimate first and refuse above it. */
	readonly maxFeeMsat: bigint;
	/** How long the wallet may look for a route, and how long the call may take. */
	readonly timeoutMs: number;
}

/** Money has left. `preimage` is as the wallet gave it, unchecked; null where it gave none. */
export interface Paid {
	readonly status: 'paid';
	readonly preimage: string | null;
	/** Routing fee; null where the wallet does not tell. */
	readonly feeMsat: bigint | null;
}

/** Proven: no part of this payment can succeed any more. */
export interface Failed {
	readonly status: 'failed';
	readonly cause: FailureCause;
	readonly reason: string;
	/** As in `Unknown`: the wallet keeps with it that it lost its node. */
	readonly isLineLost?: true;
}

/** Refused before anything was sent over Lightning; as final as `Failed`. */
export interface NotSent {
	readonly status: 'notSent';
	readonly cause: FailureCause;
	readonly reason: string;
}

/** The wallet says that it is under way. */
export interface Pending {
	readonly status: 'pending';
	readonly reason: string;
}

/** No answer, or none that proves anything. Must be looked up, never treated as failed. */
export interface Unknown {
	readonly status: 'unknown';
	readonly reason: string;
	/**
	 * The wallet lost its node in the middle of the call, so that its own record is a guess: the
	 * payment may be under way where it writes *failed*.
	 */
	readonly isLineLost?: true;
}

/** The wallet has no record of this payment hash. */
export interface NotFound {
	readonly status: 'notFound';
}

export type PayOutcome = Paid | Failed | NotSent | Pending | Unknown;
export type LookupOutcome = Paid | Failed | Pending | Unknown | NotFound;

export interface Payer {
	/**
	 * Sends one payment, once. The wallet must itself refuse to pay a payment hash twice, also while
	 * the first payment is under way: the very same invoice may be sent again. Never throws.
	 */
	payInvoice(invoice: PayableInvoice, limits: PaymentLimits): Promise<PayOutcome>;
	/** Asks the wallet what became of an outgoing payment. Never throws, never spends. */
	lookupPayment(invoice: PayableInvoice, timeoutMs: number): Promise<LookupOutcome>;
	/**
	 * How long after the invoice's expiry *not found* proves that the wallet never tried this hash:
	 * until then a pay call may still be on its way to it.
	 */
	readonly notFoundFinalAfterMs: number;
}
