import { Family } from './family';
import { Holds } from './holds';
import { KeptPictures } from './keptPictures';
import { hasLapsed } from './lapse';
import { Latest } from './latest';
import { committedMsat, type OpenPurchase } from './openPurchase';

/** How a purchase was closed. */
export type Fate = 'delivered' | 'refunded' | 'unpaid';

/** What an attempt has begun to buy, or has taken up to finish it, for one item of an execution. */
export interface Begun {
	readonly purchase: OpenPurchase;
	readonly attempt: string;
}

const MOST_CLOSED = 10_000;
const MOST_LINKS = 2_000;
const MOST_FAMILIES = 2_000;
const MOST_BEGUN = 2_000;
/** Below this it is swept by time alone. */
const FEW = 1_000;
const SWEEP_EVERY_MS = 60 * 60 * 1_000;

/**
 * What this process remembers of purchases that are not delivered yet, beyond one execution: a
 * second manual run finds here what the first one paid for. Gone with the process; the execution's
 * own copy (see `ExecutionBooks`) is not. Swept as it grows.
 */
export class PurchaseMemory {
	readonly holds = new Holds();
	readonly pictures = new KeptPictures();
	private readonly open = new Map<string, OpenPurchase>();
	/** Payment hashes of open purchases, by buyer and order. */
	private readonly byOrder = new Map<string, Set<string>>();
	/** Until when the pay call of an open purchase can reach the wallet, by `Clock.elapsedMs`. */
	readonly arrivals = new Map<string, number>();
	private readonly closed = new Latest<Fate>(MOST_CLOSED);
	/** Links by which a refund was asked for, and our own invoices, each with its purchase's hash. */
	readonly refunds = new Latest<string>(MOST_CLOSED);
	/** What was last begun or taken up for an item, by whichever attempt at its execution; see `RunHolds`. */
	readonly begun = new Latest<Begun>(MOST_BEGUN);
	private readonly links = new Latest<string>(MOST_LINKS);
	private readonly families = new Latest<Family>(MOST_FAMILIES);
	private sweepAt = FEW;
	private sweptAt = 0;

	/** @param now The time of day, in milliseconds since 1970. */
	constructor(private readonly now: () => number) {}

	put(purchase: OpenPurchase): void {
		const { paymentHash } = purchase;
		// An invoice that was proven unpaid may be offered, and bought, again.
		this.closed.delete(paymentHash);
		this.open.set(paymentHash, purchase);
		const key = keyOf(purchase);
		this.byOrder.set(key, (this.byOrder.get(key) ?? new Set()).add(paymentHash));
		const isDue = this.now() - this.sweptAt > SWEEP_EVERY_MS;
		if (isDue || this.open.size + this.holds.size > this.sweepAt) this.sweep();
	}

	get(paymentHash: string): OpenPurchase | undefined {
		return this.open.get(paymentHash);
	}

	/** Where the picture of this payment for this order is to be had, paid here or elsewhere. */
	rememberLink(paymentHash: string, digest: string, imageUrl: string): void {
		this.links.set(`${paymentHash} ${digest}`, imageUrl);
	}

	forgetLink(paymentHash: string, digest: string): void {
		this.links.delete(`${paymentHash} ${digest}`);
	}

	linkOf(paymentHash: string, digest: string): string | null {
		const known = this.open.get(paymentHash);
		const link = known?.digest === digest ? known.imageUrl : null;
		return this.links.get(`${paymentHash} ${digest}`) ?? link;
	}

	/**
	 * From here on, older copies of it in saved executions count for nothing. `attempt` is whose
	 * spending it is, once.
	 */
	close(purchase: OpenPurchase, fate: Fate, attempt: string): void {
		const { paymentHash, digest } = purchase;
		const family = this.familyOf(purchase.family);
		if (fate === 'unpaid') family.free(paymentHash);
		else if (!this.isOver(paymentHash)) family.spend(paymentHash, committedMsat(purchase), attempt);
		this.forget(purchase);
		this.forgetLink(paymentHash, digest);
		this.pictures.forget(purchase);
		this.holds.drop(paymentHash);
		this.closed.set(paymentHash, fate);
	}

	/** Whether a payment hash was ever used here, unless it was proven unpaid. */
	knows(paymentHash: string): boolean {
		return this.open.has(paymentHash) || this.isOver(paymentHash);
	}

	/** Whether it is closed for good: paid, and delivered or given back. */
	isOver(paymentHash: string): boolean {
		return (this.closed.get(paymentHash) ?? 'unpaid') !== 'unpaid';
	}

	/** How a purchase was closed; undefined where it is open or was never seen here. */
	fateOf(paymentHash: string): Fate | undefined {
		return this.closed.get(paymentHash);
	}

	familyOf(id: string): Family {
		const family = this.families.get(id) ?? new Family(id);
		this.families.set(id, family);
		return family;
	}

	get isAnythingOpen(): boolean {
		return this.open.size > 0;
	}

	/** Open purchases of the same order by the same buyer that have not lapsed. */
	matching(digest: string, buyer: string): OpenPurchase[] {
		const matching: OpenPurchase[] = [];
		for (const paymentHash of this.byOrder.get(keyOf({ digest, buyer })) ?? []) {
			const open = this.open.get(paymentHash);
			if (open !== undefined && !hasLapsed(open, this.now())) matching.push(open);
		}
		return matching;
	}

	private sweep(): void {
		for (const purchase of this.open.values()) {
			const family = this.familyOf(purchase.family);
			if (family.isAtWork || !hasLapsed(purchase, this.now())) continue;
			// Whoever still counts on it reserves it again with the next run.
			family.free(purchase.paymentHash);
			this.forget(purchase);
		}
		this.holds.sweep();
		this.sweptAt = this.now();
		this.sweepAt = Math.max(FEW, 2 * (this.open.size + this.holds.size));
	}

	private forget(purchase: OpenPurchase): void {
		const key = keyOf(purchase);
		const hashes = this.byOrder.get(key);
		this.open.delete(purchase.paymentHash);
		this.arrivals.delete(purchase.paymentHash);
		hashes?.delete(purchase.paymentHash);
		if (hashes?.size === 0) this.byOrder.delete(key);
	}
}

function keyOf({ digest, buyer }: Pick<OpenPurchase, 'digest' | 'buyer'>): string {
	return `${buyer} ${digest}`;
}

/** One for all executions of this process. */
export const processMemory = new PurchaseMemory(() => Date.now());
