import type { OrderText } from '../service/order';
import type { Holder, Holds } from './holds';

/** An item of a run, and what it is for. */
export interface Wanted {
	readonly digest: string;
	readonly itemIndex: number;
	/** As in `OpenPurchase`. */
	readonly buyer: string;
}

/** Which purchases one run of the node holds, with all its tries, and for which of its items. */
export class RunHolds implements Holder {
	/** Which item a purchase belongs to, by payment hash. */
	private readonly items = new Map<string, number>();
	/** What was ordered with it, so that another try can order the same. */
	private readonly orders = new Map<string, OrderText>();

	/**
	 * @param execution What its executions' other runs have in common with it, and nobody else.
	 * @param runIndex Which run of the node in its execution this is; null where one run buys many
	 * times for the same item, as an agent's tool does.
	 */
	constructor(
		readonly execution: object,
		private readonly holds: Holds,
		private readonly runIndex: number | null,
		readonly comesBack: () => boolean,
	) {}

	take(paymentHash: string, itemIndex: number): boolean {
		const isTaken = this.holds.take(paymentHash, this);
		if (isTaken) this.items.set(paymentHash, itemIndex);
		return isTaken;
	}

	release(paymentHash: string): void {
		this.holds.release(paymentHash, this);
	}

	/** Whether it could be taken now for this item, and for no other of this run. */
	isFreeFor(paymentHash: string, itemIndex: number): boolean {
		const isItsOwn = (this.itemOf(paymentHash) ?? itemIndex) === itemIndex;
		return isItsOwn && this.holds.isFreeFor(paymentHash, this);
	}

	isElsewhere(paymentHash: string): boolean {
		return this.holds.isElsewhere(paymentHash, this);
	}

	/** Whether somebody works on it, be it another item of this run, or is between two tries of it. */
	isBusy(paymentHash: string): boolean {
		return !this.holds.isFreeFor(paymentHash, this);
	}

	isAwaited(paymentHash: string): boolean {
		return this.holds.isAwaited(paymentHash, this);
	}

	itemOf(paymentHash: string): number | undefined {
		return this.items.get(paymentHash);
	}

	noteOrder(paymentHash: string, { url, json }: OrderText): void {
		this.orders.set(paymentHash, { url, json });
	}

	orderOf(paymentHash: string): OrderText | undefined {
		return this.orders.get(paymentHash);
	}

	forget(paymentHash: string): void {
		this.items.delete(paymentHash);
		this.orders.delete(paymentHash);
	}

	/** What tells this item from all others of an execution and of those that retry it. */
	itemKey(family: string, { digest, itemIndex }: Wanted): string | null {
		return this.runIndex === null ? null : `${family} ${this.runIndex} ${itemIndex} ${digest}`;
	}
}
