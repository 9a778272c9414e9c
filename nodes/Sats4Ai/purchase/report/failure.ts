/** Whether money left, as far as anybody can know. */
export type Spent = 'no' | 'unknown' | 'yes';

/** Every code of the public interface, sorted by the money first. docs/errors.md explains each. */
export const SPENT_BY_CODE = {
	INPUT_INVALID: 'no',
	CHALLENGE_INVALID: 'no',
	SCHEME_UNSUPPORTED: 'no',
	INVOICE_INVALID: 'no',
	INVOICE_EXPIRED: 'no',
	NETWORK_MISMATCH: 'no',
	HASH_MISMATCH: 'no',
	PRICE_OVER_LIMIT: 'no',
	BUDGET_EXCEEDED: 'no',
	FEE_OVER_LIMIT: 'no',
	DAY_LIMIT_REACHED: 'no',
	WALLET_UNREACHABLE: 'no',
	WALLET_UNAUTHORIZED: 'no',
	PAYMENT_FAILED: 'no',
	SERVICE_ERROR: 'no',
	CANCELLED: 'no',
	PAYMENT_UNKNOWN: 'unknown',
	PREIMAGE_INVALID: 'yes',
	REDEEM_FAILED: 'yes',
	RESULT_INVALID: 'yes',
} as const satisfies Record<string, Spent>;

export type FailureCode = keyof typeof SPENT_BY_CODE;

/** All that is needed to finish a purchase without paying again. */
export interface PaymentRecord {
	readonly token: string;
	/** null where only token and preimage were given (`payment` = `redeem`). */
	readonly invoice: string | null;
	/** 64 hex digits. */
	readonly paymentHash: string;
	/** 64 hex digits; absent while nobody has it. */
	readonly preimage?: string;
	/** Rounded up to whole sats; absent where nobody knows it (`payment` = `redeem`). */
	readonly priceSat?: number;
}

/** What the service said, in its own words. */
export interface ServiceWords {
	/** null where it did not answer. */
	readonly statusCode: number | null;
	readonly errorCode: string | null;
	readonly message: string | null;
	/** The refund object of a failed paid call, as received: `lnurl_withdraw`, `refund_amount`, … */
	readonly refund: unknown;
}

/** What became of the money back that the service offers. */
export interface RefundReport {
	/**
	 * offered: take it by the link. claimed: this node has taken it, the money is in the wallet.
	 * unknown: this node has asked for it, and the wallet has not seen it arrive. gone, expired: the
	 * service says that it was taken, or that it is too late. unreadable: its link is none.
	 */
	readonly status: 'offered' | 'claimed' | 'unknown' | 'gone' | 'expired' | 'unreadable';
	/** What the service says, or, of a claim, what was asked for. Whole sats. */
	readonly amountSat: number | null;
	/** `LNURL1…`, while there is something to take by it. */
	readonly lnurl?: string;
	/** The same for wallets that open links, and for a QR code. */
	readonly lightningUri?: string;
	/** What stands in the place of the link. */
	readonly text?: string | null;
	/** Of the invoice that receives it. 64 hex digits. */
	readonly paymentHash?: string;
	/** Why it was not claimed, or is not known to have arrived. */
	readonly reason?: string;
}

export interface FailureDetails {
	/** Only where it differs from the rule of its code: nothing was owed, or nobody can tell. */
	readonly spent?: Spent;
	readonly payment?: PaymentRecord;
	readonly service?: ServiceWords;
	readonly refund?: RefundReport;
	/** A result that was paid for and can still be fetched by hand. */
	readonly imageUrl?: string;
}

/** What users see of a failure: the error item's `json.error`, and `context.data` of an error. */
export interface FailureReport extends FailureDetails {
	readonly code: FailureCode;
	readonly spent: Spent;
	readonly message: string;
	readonly hint: string;
}

/** A purchase that did not end with a picture: what happened, whether money left, what to do. */
export class PurchaseFailure extends Error {
	override readonly name = 'PurchaseFailure';

	constructor(
		readonly code: FailureCode,
		message: string,
		/** What the user should do next. */
		readonly hint: string,
		readonly details: FailureDetails = {},
	) {
		super(message);
	}

	get report(): FailureReport {
		const spent = this.details.spent ?? SPENT_BY_CODE[this.code];
		return { code: this.code, message: this.message, hint: this.hint, ...this.details, spent };
	}
}

/** The user stopped the run before this item was paid. */
export function cancelled(): PurchaseFailure {
	return new PurchaseFailure('CANCELLED', 'The run was stopped', 'Nothing was paid for this item.');
}
