import type { Clock } from '../../l402/clock';
import type { OrderText } from '../service/order';
import { Arrivals } from './arrivals';
import { findEarlier, isBegunMeanwhile, type Earlier } from './earlier';
import type { ExecutionBooks } from './executionBooks';
import type { Family } from './family';
import type { KeptPictures } from './keptPictures';
import { committedMsat, type OpenPurchase } from './openPurchase';
import type { Fate, PurchaseMemory } from './purchaseMemory';
import { RefundBook } from './refundBook';
import { RunHolds, type Wanted } from './runHolds';

/**
 * What one run of the node writes into the books of its execution and of the process. Every change
 * is synchronous, so that no interleaving of items can overspend: a purchase is written down, and
 * its price and fee limit reserved, before the wallet is called.
 */
export class Ledger {
	private readonly memory: PurchaseMemory;
	private readonly holds: RunHolds;
	readonly refundBook: RefundBook;
	readonly arrivals: Arrivals;
	/** The budget that its purchases are in. */
	readonly family: Family;
	readonly pictures: KeptPictures;
	/** What was ordered with a purchase that this run has begun, or found for the same order. */
	readonly orders: Pick<RunHolds, 'noteOrder' | 'orderOf'>;
	/** What saved books alone say is some other buyer's: nobody else is to find it by them. */
	private readonly strangers = new Set<string>();

	/** @param runIndex As in `RunHolds`. @param comesBack As in `Holder`. */
	constructor(
		private readonly books: ExecutionBooks,
		clock: Pick<Clock, 'elapsedMs'>,
		runIndex: number | null = null,
		comesBack: () => boolean = () => false,
	) {
		this.memory = books.memory;
		this.family = books.family;
		this.holds = new RunHolds(books, this.memory.holds, runIndex, comesBack);
		this.orders = this.holds;
		this.refundBook = new RefundBook(books.open.values(), this.memory);
		this.arrivals = new Arrivals(this.memory.arrivals, clock);
		this.pictures = this.memory.pictures;
		books.reserveOpen();
	}

	/** Finds an open purchase for an item, and holds it for the caller; see `findEarlier`. */
	find(wanted: Wanted): Earlier {
		const earlier = findEarlier(wanted, this.books, this.holds);
		if (earlier.status !== 'held') return earlier;
		const { purchase } = earlier;
		const { paymentHash } = purchase;
		const isKnown = this.memory.get(paymentHash) !== undefined;
		if (!isKnown && purchase.buyer !== wanted.buyer) this.strangers.add(paymentHash);
		if (purchase.status === 'paying') this.family.paymentBegins(paymentHash);
		this.put(purchase);
		this.noteForItem(wanted, purchase);
		return earlier;
	}

	/**
	 * Writes a new purchase down, reserves its price and fee limit and holds it for the caller,
	 * all in one step. overBudget: that would exceed `maxTotalMsat` (null: no limit). taken: the
	 * payment hash belongs to another purchase, or to an invoice of ours that a refund is paid to.
	 * elsewhere: another attempt at the same execution has begun to buy the same; see `find`.
	 */
	begin(
		purchase: OpenPurchase,
		order: OrderText,
		maxTotalMsat: bigint | null,
	): 'begun' | 'taken' | 'overBudget' | 'elsewhere' {
		const { paymentHash, itemIndex } = purchase;
		if (isBegunMeanwhile(purchase, this.books, this.holds)) return 'elsewhere';
		if (!this.fits(committedMsat(purchase), maxTotalMsat)) return 'overBudget';
		// What is in the saved books alone counts too.
		const isUsed = this.memory.knows(paymentHash) || this.books.open.has(paymentHash);
		if (isUsed || this.refundBook.isOurInvoice(paymentHash)) return 'taken';
		if (!this.holds.take(paymentHash, itemIndex)) return 'taken';
		this.holds.noteOrder(paymentHash, order);
		this.family.paymentBegins(paymentHash);
		this.put(purchase);
		this.noteForItem(purchase, purchase);
		this.books.noteSpent();
		return 'begun';
	}

	/**
	 * Writes down a purchase that was paid elsewhere, out of nobody's budget here, and holds it for the
	 * caller; false where another attempt has it, or it is over.
	 */
	adopt(purchase: OpenPurchase): boolean {
		const { paymentHash, itemIndex } = purchase;
		if (this.memory.isOver(paymentHash) || !this.holds.take(paymentHash, itemIndex)) return false;
		this.put(purchase);
		return true;
	}

	/** over: closed for good, delivered or given back. busy: another attempt, or another item, has it. */
	standingOf(paymentHash: string): 'over' | 'busy' | 'free' {
		if (this.memory.isOver(paymentHash)) return 'over';
		return this.holds.isBusy(paymentHash) ? 'busy' : 'free';
	}

	/** Whether an open purchase may be paid: takes over an earlier execution's into this budget. */
	takeOver(purchase: OpenPurchase, maxTotalMsat: bigint | null): boolean {
		const { family } = this;
		if (purchase.family === family.id) return this.fits(0n, maxTotalMsat);
		if (!this.fits(committedMsat(purchase), maxTotalMsat)) return false;
		this.memory.familyOf(purchase.family).free(purchase.paymentHash);
		this.put({ ...purchase, family: family.id });
		return true;
	}

	put(purchase: OpenPurchase): void {
		const kept = this.books.put(purchase);
		if (!this.strangers.has(purchase.paymentHash)) this.memory.put(kept);
	}

	/** What is written down of an open purchase; undefined once it is closed. */
	get(paymentHash: string): OpenPurchase | undefined {
		return this.books.open.get(paymentHash);
	}

	/** Writes down what has become known of it; what somebody has closed stays closed. */
	update(paymentHash: string, change: Partial<OpenPurchase>): void {
		const purchase = this.get(paymentHash);
		if (purchase === undefined || this.memory.isOver(paymentHash)) return;
		this.put({ ...purchase, ...change });
	}

	/**
	 * A purchase is over. What was reserved is free again where it is proven unpaid, and spent
	 * otherwise: for the budget of this execution also where it came back.
	 */
	close(purchase: OpenPurchase, fate: Fate): void {
		this.memory.close(purchase, fate, this.books.attempt);
		this.books.drop(purchase.paymentHash);
		this.holds.forget(purchase.paymentHash);
		if (fate === 'unpaid') return;
		this.noteForItem(purchase, purchase);
		this.books.noteSpent();
	}

	/** Lets go of a purchase; an open purchase stays open for the next attempt. */
	release(paymentHash: string): void {
		this.holds.release(paymentHash);
		this.family.paymentEnds(paymentHash);
	}

	/** For other attempts at this execution: what this one has taken up or closed for an item. */
	private noteForItem(wanted: Wanted, purchase: OpenPurchase): void {
		const item = this.holds.itemKey(this.family.id, wanted);
		if (item !== null) this.memory.begun.set(item, { purchase, attempt: this.books.attempt });
	}

	private fits(msat: bigint, maxTotalMsat: bigint | null): boolean {
		return maxTotalMsat === null || this.family.committedMsat + msat <= maxTotalMsat;
	}
}
