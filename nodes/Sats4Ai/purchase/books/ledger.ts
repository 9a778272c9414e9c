import { RefundBook } from './refundBook';
import type { LedgerState } from './ledgerState';
import { committedMsat, type OpenPurchase } from './openPurchase';
import type { Fate, PurchaseMemory } from './purchaseMemory';
import type { RefundClaim } from '../report/offeredRefund';
import { satOf } from '../report/receipt';

/**
 * The books of one node in one execution: which purchases are open, what is spent, what is
 * reserved. Every change is synchronous, so that no interleaving of items can overspend: a
 * purchase is written down, and its price and fee limit reserved, before the wallet is called.
 */
export class Ledger {
	/** Which item of this run a purchase belongs to, by payment hash. */
	private readonly holders = new Map<string, number>();
	private readonly beingPaid = new Set<string>();
	private waiting: Array<() => void> = [];

	private readonly refundBook: RefundBook;

	constructor(
		private readonly state: LedgerState,
		private readonly memory: PurchaseMemory,
		private readonly now: () => number,
	) {
		this.refundBook = new RefundBook(state.open, memory);
	}

	/**
	 * Finds an open purchase of the same bytes and holds it, or returns undefined. What another
	 * item of this very run has held stays that item's: two equal prompts are two purchases.
	 */
	holdEarlier(digest: string, itemIndex: number, walletKey: string): OpenPurchase | undefined {
		const matching = [
			...this.ownMatching(digest),
			...this.memory.matching(digest, walletKey, this.now()),
		]
			.filter(({ paymentHash }) => (this.holders.get(paymentHash) ?? itemIndex) === itemIndex)
			.sort((a, b) => Number(b.itemIndex === itemIndex) - Number(a.itemIndex === itemIndex));
		const held = matching.find(({ paymentHash }) => this.memory.hold(paymentHash));
		if (held === undefined) return undefined;
		this.holders.set(held.paymentHash, itemIndex);
		const known = held.paymentHash in this.state.open;
		if (!known) this.state.adopted.push(held.paymentHash);
		if (held.status === 'paying') this.beingPaid.add(held.paymentHash);
		this.put(held);
		return held;
	}

	/**
	 * Writes a new purchase down, reserves its price and fee limit and holds it for the caller,
	 * all in one step. overBudget: that would exceed `maxTotalMsat` (null: no limit). taken: the
	 * payment hash belongs to another purchase, or to an invoice of ours that a refund is paid to.
	 */
	begin(purchase: OpenPurchase, maxTotalMsat: bigint | null): 'begun' | 'taken' | 'overBudget' {
		if (!this.fits(purchase, maxTotalMsat)) return 'overBudget';
		if (this.memory.knows(purchase.paymentHash)) return 'taken';
		if (this.refundBook.isOurInvoice(purchase.paymentHash)) return 'taken';
		if (!this.memory.hold(purchase.paymentHash)) return 'taken';
		this.holders.set(purchase.paymentHash, purchase.itemIndex);
		this.beingPaid.add(purchase.paymentHash);
		this.put(purchase);
		return 'begun';
	}

	/** Takes over an earlier execution's unpaid purchase into this one's budget, if it fits. */
	takeOver(purchase: OpenPurchase, maxTotalMsat: bigint | null): boolean {
		const index = this.state.adopted.indexOf(purchase.paymentHash);
		if (index < 0) return true;
		if (!this.fits(purchase, maxTotalMsat)) return false;
		this.state.adopted.splice(index, 1);
		return true;
	}

	put(purchase: OpenPurchase): void {
		this.state.open[purchase.paymentHash] = purchase;
		this.memory.put(purchase);
	}

	/** What is written down of an open purchase; undefined once it is closed. */
	get(paymentHash: string): OpenPurchase | undefined {
		return this.state.open[paymentHash];
	}

	/** Writes down what has become known of an open purchase. */
	update(paymentHash: string, change: Partial<OpenPurchase>): void {
		const purchase = this.state.open[paymentHash];
		if (purchase !== undefined) this.put({ ...purchase, ...change });
	}

	/** The payment has ended, well or badly: its reservation is final and others may look again. */
	paymentEnded(paymentHash: string): void {
		this.beingPaid.delete(paymentHash);
		for (const resolve of this.waiting.splice(0)) resolve();
	}

	/** Writes down that a refund is about to be asked for; false where another purchase has done so. */
	enterRefundClaim({ paymentHash }: OpenPurchase, link: string, claim: RefundClaim): boolean {
		const isEntered = this.refundBook.enter(paymentHash, link, claim.paymentHash);
		if (isEntered) this.update(paymentHash, { claim });
		return isEntered;
	}

	/** What was reserved is spent: for the budget of this execution also where it came back. */
	closeSpent(purchase: OpenPurchase, fate: Exclude<Fate, 'unpaid'>): void {
		if (!this.state.adopted.includes(purchase.paymentHash)) {
			this.state.spentMsat = String(BigInt(this.state.spentMsat) + committedMsat(purchase));
		}
		this.close(purchase.paymentHash, fate);
	}

	/** Proven unpaid: what was reserved is free again. */
	closeUnpaid(purchase: OpenPurchase): void {
		this.close(purchase.paymentHash, 'unpaid');
	}

	/** Lets go of a purchase; an open purchase stays open for the next attempt. */
	release(paymentHash: string): void {
		this.memory.release(paymentHash);
		this.paymentEnded(paymentHash);
	}

	/** Whether a payment is under way that may free some of its reservation. */
	get mayFreeUp(): boolean {
		return this.beingPaid.size > 0;
	}

	/** What this execution has spent and reserved, rounded up to whole sats. */
	get committedSat(): number {
		return satOf(this.committed());
	}

	/** Resolves when a payment of this run ends. */
	async nextChange(): Promise<void> {
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private fits(purchase: OpenPurchase, maxTotalMsat: bigint | null): boolean {
		return maxTotalMsat === null || this.committed() + committedMsat(purchase) <= maxTotalMsat;
	}

	private committed(): bigint {
		let committed = BigInt(this.state.spentMsat);
		for (const open of Object.values(this.state.open)) {
			if (!this.state.adopted.includes(open.paymentHash)) committed += committedMsat(open);
		}
		return committed;
	}

	/** This execution's own, in the process's newer version where there is one. */
	private ownMatching(digest: string): OpenPurchase[] {
		const own: OpenPurchase[] = [];
		for (const purchase of Object.values(this.state.open)) {
			if (purchase.digest !== digest) continue;
			const newest = this.memory.get(purchase.paymentHash) ?? purchase;
			const fate = this.memory.fateOf(purchase.paymentHash);
			if (fate === undefined) own.push(newest);
			else if (fate === 'unpaid') this.closeUnpaid(newest);
			else this.closeSpent(newest, fate);
		}
		return own;
	}

	private close(paymentHash: string, fate: Fate): void {
		delete this.state.open[paymentHash];
		this.state.adopted = this.state.adopted.filter((adopted) => adopted !== paymentHash);
		this.memory.close(paymentHash, fate);
	}
}
