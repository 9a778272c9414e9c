import type { MetWallets } from '../wallets/metWallets';
import type { Clock } from '../l402/clock';
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
	/** Of *Retry On Fail*: how many tries there may be, and how long n8n waits between two. */
	readonly tries: { readonly most: number; readonly pauseMs: number };
	/** Whether the user has stopped the run. */
	readonly cancelled: () => boolean;
}

const ONE_TRY: TryTerms = {
	concurrency: 1,
	stopsOnFailure: true,
	items: 1,
	tries: { most: 1, pauseMs: 0 },
	cancelled: () => false,
};
/** Until when n8n has begun the next try, after its pause. */
const NEXT_TRY_WITHIN_MS = 10_000;

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
	private terms = ONE_TRY;
	private tries = 0;
	private firstStarted = 0;
	private failed = false;
	/** Whether the first item of this try has failed. */
	private firstFailed = false;
	private lastEndedAt = 0;
	private started = 0;
	private delivered = 0;
	private lastStarted = Infinity;
	/** Items that wait until all of this try have started. */
	private waiting: Array<() => void> = [];

	readonly ledger: Ledger;

	/** @param ledgerFor Makes the run's ledger, which is told whether another try is due. */
	constructor(
		ledgerFor: (comesBack: () => boolean) => Ledger,
		private readonly savedShelf: SavedShelf<Item>,
		private readonly clock: Pick<Clock, 'elapsedMs'>,
	) {
		this.ledger = ledgerFor(() => this.comesBack());
	}

	/**
	 * To be called for each item as the engine starts it, in order. An item that is not after the
	 * one before begins a new try; it need not be item 0, which the engine may have refused.
	 */
	start(itemIndex: number, terms: () => TryTerms): void {
		if (itemIndex <= this.lastStarted) {
			this.terms = terms();
			this.slots = new Slots(this.terms.concurrency);
			this.tries += 1;
			this.firstStarted = itemIndex;
			this.failed = false;
			this.firstFailed = false;
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
			this.inWork.get(itemIndex) ??
			this.counted(itemIndex, async () => await this.inSlot(itemIndex, work));
		this.inWork.set(itemIndex, begun);
		return await begun;
	}

	private async counted(itemIndex: number, work: () => Promise<Item>): Promise<Item> {
		this.ledger.family.itemBegins();
		return await work().finally(() => {
			this.inWork.delete(itemIndex);
			this.ledger.family.itemEnds();
			this.lastEndedAt = this.clock.elapsedMs();
		});
	}

	private async inSlot(itemIndex: number, work: () => Promise<Item>): Promise<Item> {
		return await this.slots.run(async () => {
			if (this.failed && this.terms.stopsOnFailure) throw notStarted();
			return await work().catch((cause: unknown) => {
				this.failed = true;
				if (itemIndex === this.firstStarted) this.firstFailed = true;
				throw cause;
			});
		});
	}

	/**
	 * Whether n8n is going to try again what has failed: until then it stays this run's own. Where it
	 * goes on after failures it tries again only what began with one.
	 */
	private comesBack(): boolean {
		const { tries, stopsOnFailure, cancelled } = this.terms;
		const isTriedAgain = stopsOnFailure ? this.failed : this.firstFailed;
		if (!isTriedAgain || this.tries >= tries.most || cancelled()) return false;
		const dueAt = this.lastEndedAt + tries.pauseMs + NEXT_TRY_WITHIN_MS;
		return this.inWork.size > 0 || this.clock.elapsedMs() < dueAt;
	}
}

function notStarted(): PurchaseFailure {
	return new PurchaseFailure(
		'CANCELLED',
		'Not started, because another item of this run had failed',
		"Nothing was paid for this item. Run again, or switch on 'Continue On Fail'.",
	);
}
