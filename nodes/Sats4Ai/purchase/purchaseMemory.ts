import type { OpenPurchase } from './openPurchase';

/**
 * What this process remembers of purchases that are not delivered yet, beyond one execution: a
 * second manual run finds here what the first one paid for. Gone with the process; the execution's
 * own copy (see `Ledger`) is not.
 */
export class PurchaseMemory {
	private readonly open = new Map<string, OpenPurchase>();
	private readonly claimed = new Set<string>();
	private readonly closed = new Map<string, 'delivered' | 'unpaid'>();
	private readonly links = new Map<string, string>();

	/** Claims a payment hash for one attempt; false where another attempt holds it. */
	claim(paymentHash: string): boolean {
		if (this.claimed.has(paymentHash)) return false;
		this.claimed.add(paymentHash);
		return true;
	}

	release(paymentHash: string): void {
		this.claimed.delete(paymentHash);
	}

	/** Whether any of these payment hashes, or anything open here, is held by no attempt. */
	hasUnclaimed(paymentHashes: readonly string[]): boolean {
		return [...paymentHashes, ...this.open.keys()].some((hash) => !this.claimed.has(hash));
	}

	put(purchase: OpenPurchase): void {
		// An invoice that was proven unpaid may be offered, and bought, again.
		this.closed.delete(purchase.paymentHash);
		this.open.set(purchase.paymentHash, purchase);
	}

	get(paymentHash: string): OpenPurchase | undefined {
		return this.open.get(paymentHash);
	}

	/** Where the picture of a payment is to be had, also of one that was made elsewhere. */
	rememberLink(paymentHash: string, imageUrl: string): void {
		this.links.set(paymentHash, imageUrl);
	}

	linkOf(paymentHash: string): string | null {
		return this.links.get(paymentHash) ?? this.open.get(paymentHash)?.imageUrl ?? null;
	}

	/** From here on, older copies of it in saved executions count for nothing. */
	close(paymentHash: string, fate: 'delivered' | 'unpaid'): void {
		this.open.delete(paymentHash);
		this.links.delete(paymentHash);
		this.closed.set(paymentHash, fate);
		const oldest = this.closed.size > MAX_CLOSED ? this.closed.keys().next() : undefined;
		if (oldest?.done === false) this.closed.delete(oldest.value);
	}

	/** Whether a payment hash was ever used here, unless it was proven unpaid. */
	knows(paymentHash: string): boolean {
		return this.open.has(paymentHash) || this.closed.get(paymentHash) === 'delivered';
	}

	/** How a purchase was closed; undefined where it is open or was never seen here. */
	fateOf(paymentHash: string): 'delivered' | 'unpaid' | undefined {
		return this.closed.get(paymentHash);
	}

	/**
	 * Open purchases of the same bytes from the same wallet. One that the service has refused for
	 * good is offered again for an hour only: until then a new run cannot buy it a second time by
	 * accident, after that it can.
	 */
	matching(digest: string, walletKey: string, now: number): OpenPurchase[] {
		const matching: OpenPurchase[] = [];
		for (const purchase of this.open.values()) {
			if (purchase.digest !== digest || purchase.walletKey !== walletKey) continue;
			const lapsed = purchase.refusedAt !== null && now - purchase.refusedAt > REFUSED_FOR_MS;
			if (lapsed) this.open.delete(purchase.paymentHash);
			else matching.push(purchase);
		}
		return matching;
	}
}

const MAX_CLOSED = 10_000;
const REFUSED_FOR_MS = 60 * 60 * 1_000;

/** One for all executions of this process. */
export const processMemory = new PurchaseMemory();
