import type { MetWallets } from '../wallets/metWallets';
import { PurchaseFailure } from './report/failure';
import type { Ledger } from './books/ledger';
import type { SavedShelf, Shelf } from './books/shelf';
import { Slots } from './slots';

/** How a try of a run is to go. */
export interface TryTerms {
	/** How many items may be in work at once. */
	readonly concurrency: number;
	/** Whether a failed item keeps those from starting that have not started yet. */
	readonly stopsOnFailure: boolean;
	/** How many items the engine is going to start. */
	readonly items: number;
}

/**
 * One run of the node over its items, with all tries of *Retry On Fail*. Items are admitted in
 * order, and what one try has delivered the next one gets without buying it again.
 */
export class NodeRun<Item extends object> {
	/** Wallets that are there: asked at the first payment of the run, and not again. */
	readonly met: MetWallets = new Map();
	private readonly kept = new Map<number, Item>();
	private readonly inWork = new Map<number, Promise<Item>>();
	private slots = new Slots(1);
	private terms: TryTerms = { concurrency: 1, stopsOnFailure: true, items: 1 };
	private failed = false;
	private started = 0;
	private delivered = 0;
	private lastStarted = Infinity;
	/** Items that wait until all of this try have started. */
	private waiting: Array<() => void> = [];

	constructor(
		readonly ledger: Ledger,
		private readonly savedShelf: SavedShelf<Item>,
	) {}

	/**
	 * To be called for each item as the engine starts it, in order. An item that is not after the
	 * one before begins a new try; it need not be item 0, which the engine may have refused.
	 */
	start(itemIndex: number, terms: () => TryTerms): void {
		if (itemIndex <= this.lastStarted) {
			this.terms = terms();
			this.slots = new Slots(this.terms.concurrency);
			this.failed = false;
			this.started = 0;
			this.delivered = 0;
			this.waiting = [];
		}
		this.started += 1;
		this.lastStarted = itemIndex;
	}

	/** Resolves when the engine has started all items of this try; never where it gives up before. */
	async allStarted(): Promise<void> {
		// The last one waits like the others, or it would overtake them.
		const all = new Promise<void>((resolve) => this.waiting.push(resolve));
		if (this.started >= this.terms.items) for (const resolve of this.waiting.splice(0)) resolve();
		await all;
	}

	/** Where delivered items outlive a failure of this run, if it would throw them away. */
	get shelf(): Shelf<Item> {
		return this.terms.stopsOnFailure ? this.savedShelf : this.savedShelf.takeOnly;
	}

	/**
	 * Gives what an earlier try delivered for this item, or does its work when its turn comes.
	 * Throws what `work` throws, or `CANCELLED`. Items are copies, since n8n changes what it gets.
	 */
	async takeTurn(itemIndex: number, work: () => Promise<Item>): Promise<Item> {
		const item = this.kept.get(itemIndex) ?? (await this.atWorkOn(itemIndex, work));
		this.kept.set(itemIndex, item);
		this.delivered += 1;
		const isLast = this.delivered >= this.terms.items && !this.failed;
		if (isLast && this.terms.stopsOnFailure) {
			this.savedShelf.clear();
		}
		return { ...item };
	}

	/** With *Batching* the engine may give up on a try and begin the next while items are in work. */
	private async atWorkOn(itemIndex: number, work: () => Promise<Item>): Promise<Item> {
		const begun =
			this.inWork.get(itemIndex) ?? this.inSlot(work).finally(() => this.inWork.delete(itemIndex));
		this.inWork.set(itemIndex, begun);
		return await begun;
	}

	private async inSlot(work: () => Promise<Item>): Promise<Item> {
		return await this.slots.run(async () => {
			if (this.failed && this.terms.stopsOnFailure) throw notStarted();
			return await work().catch((cause: unknown) => {
				this.failed = true;
				throw cause;
			});
		});
	}
}

function notStarted(): PurchaseFailure {
	return new PurchaseFailure(
		'CANCELLED',
		'Not started, because another item of this run had failed',
		"Nothing was paid for this item. Run again, or switch on 'Continue On Fail'.",
	);
}
