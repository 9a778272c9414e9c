import type { PriceLimits } from './service/offer';

/** What a purchase may cost beside its price. */
export interface Budget {
	readonly maxFeeMsat: bigint;
	/** For the whole execution, fees included; null: no limit. */
	readonly maxTotalMsat: bigint | null;
}

/** What the user allows for one purchase. */
export interface Terms extends PriceLimits, Budget {
	/** The payment and its look-ups. */
	readonly paymentTimeoutMs: number;
	/** Everything after the payment. */
	readonly requestTimeoutMs: number;
}
