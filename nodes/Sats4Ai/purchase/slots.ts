/** Admits a limited number of items at once, in the order in which they came. */
export class Slots {
	private free: number;
	private readonly queue: Array<() => void> = [];

	/** @param width How many at once; at least 1. */
	constructor(width: number) {
		this.free = Math.max(1, Math.floor(width));
	}

	/** Runs `work` when its turn comes and gives the slot to the next, however `work` ends. */
	async run<Result>(work: () => Promise<Result>): Promise<Result> {
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((resolve) => this.queue.push(resolve));
		return await work().finally(() => {
			const next = this.queue.shift();
			if (next === undefined) this.free += 1;
			else next();
		});
	}
}
