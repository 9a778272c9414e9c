import type { OpenPurchase } from './openPurchase';

/** The part of the ledger that is saved with the execution. Plain JSON. */
export interface LedgerState {
	/** Spent and delivered in this execution, fees included. Decimal. */
	spentMsat: string;
	/** By payment hash. */
	open: Record<string, OpenPurchase>;
	/** Payment hashes of open purchases that an earlier execution paid for. */
	adopted: string[];
	/** Items of a run that has not ended well yet, by item index; see `shelf.ts`. */
	delivered: Record<number, { readonly digest: string; readonly item: object }>;
}

export function emptyLedgerState(): LedgerState {
	return { spentMsat: '0', open: {}, adopted: [], delivered: {} };
}
