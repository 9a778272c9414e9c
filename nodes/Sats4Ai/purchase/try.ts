import type { Slots } from './slots';

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

/** Before the first one. */
export const ONE_TRY: TryTerms = {
	concurrency: 1,
	stopsOnFailure: true,
	items: 1,
	tries: { most: 1, pauseMs: 0 },
	cancelled: () => false,
};
/** One try of a run over its items, as far as it has come. */
export class Try {
	started = 0;
	delivered = 0;
	hasFailed = false;
	/** Whether its first item has failed. */
	hasFirstFailed = false;
	/** Items that wait until all have started. */
	private readonly waiting: Array<() => void> = [];

	/** @param firstIndex Of the item that it begins with. */
	constructor(
		readonly terms: TryTerms,
		private readonly firstIndex: number,
		readonly slots: Slots,
	) {}

	noteFailure(itemIndex: number): void {
		this.hasFailed = true;
		if (itemIndex === this.firstIndex) this.hasFirstFailed = true;
	}

	/** Resolves when the engine has started all items; never where it gives up before. */
	async allStarted(): Promise<void> {
		// The last one waits like the others, or it would overtake them.
		const all = new Promise<void>((resolve) => this.waiting.push(resolve));
		if (this.started >= this.terms.items) for (const resolve of this.waiting.splice(0)) resolve();
		await all;
	}
}
