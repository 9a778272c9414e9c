import type { MetWallets } from '../wallets/metWallets';
import type { Clock } from '../l402/clock';
import { PurchaseFailure } from './report/failure';
import type { Ledger } from './books/ledger';
import type { SavedShelf, Shelf } from './books/shelf';
import { Slots } from './slots';
import { ONE_TRY, Try, type TryTerms } from './try';

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
	private current = new Try(ONE_TRY, 0, new Slots(1));
	private tries = 0;
	private lastEndedAt = 0;
	private lastStarted = Infinity;

	readonly ledger: Ledger;

	/**
	 * @param ledgerFor Makes the run's ledger, which is told whether another try is due.
	 * @param sharedSlots Slots of a width, for runs that are parts of a larger one; null: it is none.
	 */
	constructor(
		ledgerFor: (comesBack: () => boolean) => Ledger,
		private readonly savedShelf: SavedShelf<Item>,
		private readonly clock: Pick<Clock, 'elapsedMs'>,
		private readonly sharedSlots: ((width: number) => Slots) | null = null,
	) {
		this.ledger = ledgerFor(() => this.comesBack());
	}

	/**
	 * To be called for each item as the engine starts it, in order. An item that is not after the
	 * one before begins a new try; it need not be item 0, which the engine may have refused.
	 */
	start(itemIndex: number, terms: () => TryTerms): void {
		if (itemIndex <= this.lastStarted) {
			const wanted = terms();
			const { concurrency } = wanted;
			const slots = this.sharedSlots?.(concurrency) ?? new Slots(concurrency);
			this.current = new Try(wanted, itemIndex, slots);
			this.tries += 1;
			// There may be room again.
			if (this.sharedSlots === null) this.ledger.family.storingFails = false;
		}
		this.current.started += 1;
		this.lastStarted = itemIndex;
	}

	/** Resolves when the engine has started all items of this try; never where it gives up before. */
	async allStarted(): Promise<void> {
		await this.current.allStarted();
	}

	/** Where delivered items outlive a failure of this run, if it would throw them away. */
	get shelf(): Shelf<Item> {
		return this.current.terms.stopsOnFailure ? this.savedShelf : this.savedShelf.takeOnly;
	}

	/**
	 * Gives what an earlier try delivered for this item, or does its work when its turn comes.
	 * Throws what `work` throws, or `CANCELLED`. Items are copies, since n8n changes what it gets.
	 */
	async takeTurn(itemIndex: number, work: () => Promise<Item>): Promise<Item> {
		const item = this.kept.get(itemIndex) ?? (await this.atWorkOn(itemIndex, work));
		this.kept.set(itemIndex, item);
		const { current } = this;
		current.delivered += 1;
		const isLast = current.delivered >= current.terms.items && !current.hasFailed;
		if (isLast && current.terms.stopsOnFailure) this.savedShelf.clear();
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
		return await this.current.slots.run(async () => {
			if (this.current.hasFailed && this.current.terms.stopsOnFailure) throw notStarted();
			return await work().catch((cause: unknown) => {
				this.current.noteFailure(itemIndex);
				throw cause;
			});
		});
	}

	/**
	 * Whether n8n is going to try again what has failed: until then it stays this run's own. Where it
	 * goes on after failures it tries again only what began with one.
	 */
	private comesBack(): boolean {
		const { tries, stopsOnFailure, cancelled } = this.current.terms;
		const isTriedAgain = stopsOnFailure ? this.current.hasFailed : this.current.hasFirstFailed;
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
