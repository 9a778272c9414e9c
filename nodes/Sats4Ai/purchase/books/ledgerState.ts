import type { OpenPurchase } from './openPurchase';

/** An item that was delivered in a run that has not ended well yet; see `shelf.ts`. */
export interface Delivered {
	readonly digest: string;
	readonly item: object;
}

/** What is saved with the execution, and handed on to one that retries it. Plain JSON. */
export interface LedgerState {
	/** Of this execution and those that retry it, or that it retries; see `Family`. */
	family: string;
	/** Spent in this execution and those that it retries, fees included. Decimal. */
	spentMsat: string;
	/** The same, attempt by attempt: this execution's own, and of those that it retries. Decimal. */
	spent: Record<string, string>;
	/** By payment hash. */
	open: Record<string, OpenPurchase>;
	/** By item index. */
	delivered: Record<number, Delivered>;
}
