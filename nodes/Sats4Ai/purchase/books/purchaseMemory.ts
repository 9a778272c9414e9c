import type { OpenPurchase } from './openPurchase';

/** How a purchase was closed. */
export type Fate = 'delivered' | 'refunded' | 'unpaid';

/**
 * What this process remembers of purchases that are not delivered yet, beyond one execution: a
 * second manual run finds here what the first one paid for. Gone with the process; the execution's
 * own copy (see `Ledger`) is not.
 */
export class PurchaseMemory {
	private readonly open = new Map<string, OpenPurchase>();
	private readonly held = new Set<string>();
	private readonly closed = new Map<string, Fate>();
	/** Links by which a refund was asked for, and our own invoices, each with its purchase. */
	private readonly refunds = new Map<string, string>();
	private readonly links = new Map<string, string>();

	/** Takes a payment hash for one attempt; false where another attempt holds it. */
	hold(paymentHash: string): boolean {
		if (this.held.has(paymentHash)) return false;
		this.held.add(paymentHash);
		return true;
	}

	release(paymentHash: string): void {
		this.held.delete(paymentHash);
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
	close(paymentHash: string, fate: Fate): void {
		this.open.delete(paymentHash);
		this.links.delete(paymentHash);
		this.closed.set(paymentHash, fate);
		forgetOldest(this.closed);
	}

	/** Whether a payment hash was ever used here, unless it was proven unpaid. */
	knows(paymentHash: string): boolean {
		return this.open.has(paymentHash) || (this.closed.get(paymentHash) ?? 'unpaid') !== 'unpaid';
	}

	/** How a purchase was closed; undefined where it is open or was never seen here. */
	fateOf(paymentHash: string): Fate | undefined {
		return this.closed.get(paymentHash);
	}

	/** Writes down a link that a refund is asked for by, or an invoice that it is paid to. */
	rememberRefund(linkOrHash: string, paymentHash: string): void {
		this.refunds.set(linkOrHash, paymentHash);
		forgetOldest(this.refunds);
	}

	/** Which purchase has asked for its refund by this link, or with this invoice's hash. */
	refundOf(linkOrHash: string): string | undefined {
		return this.refunds.get(linkOrHash);
	}

	/**
	 * Open purchases of the same bytes from the same wallet. One that the service has refused for
	 * good is offered again for an hour only, one whose payment nobody can tell the end of until no
	 * payment can be under way any more: until then a new run cannot buy it a second time by
	 * accident, after that it can.
	 */
	matching(digest: string, walletKey: string, now: number): OpenPurchase[] {
		const matching: OpenPurchase[] = [];
		for (const purchase of this.open.values()) {
			if (purchase.digest !== digest || purchase.walletKey !== walletKey) continue;
			if (hasLapsed(purchase, now)) this.open.delete(purchase.paymentHash);
			else matching.push(purchase);
		}
		return matching;
	}
}

const MAX_REMEMBERED = 10_000;

function forgetOldest(remembered: Map<string, unknown>): void {
	const oldest = remembered.size > MAX_REMEMBERED ? remembered.keys().next() : undefined;
	if (oldest?.done === false) remembered.delete(oldest.value);
}

const REFUSED_FOR_MS = 60 * 60 * 1_000;
/**
 * A payment can be held up for as long as its time locks run: two weeks, since no common node sends
 * one over more than 2,016 blocks. Twice that, for slow blocks.
 */
const UNSETTLED_FOR_MS = 28 * 24 * 60 * 60 * 1_000;

function hasLapsed({ status, expiresAt, refusedAt }: OpenPurchase, now: number): boolean {
	if (status === 'paying') return now - expiresAt > UNSETTLED_FOR_MS;
	return refusedAt !== null && now - refusedAt > REFUSED_FOR_MS;
}

/** One for all executions of this process. */
export const processMemory = new PurchaseMemory();
