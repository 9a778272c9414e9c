import type { Clock } from '../../nodes/Sats4Ai/l402/clock';

interface Sleeper {
	readonly at: number;
	readonly order: number;
	readonly wake: () => void;
	readonly endsWithRun: boolean;
}

const MAX_WAKE_UPS = 100_000;

/** A clock that stands still while anything runs, and jumps to the next sleeper when nothing does. */
export class VirtualTime {
	private sleepers: Sleeper[] = [];
	private order = 0;
	private stopped = false;
	private offMs = 0;

	constructor(private nowMs: number) {}

	/** Milliseconds since 1970. */
	get now(): number {
		return this.nowMs;
	}

	/** What the code under test gets: pauses end when the run is stopped. */
	readonly clock: Clock = {
		now: () => this.nowMs + this.offMs,
		elapsedMs: () => this.nowMs,
		cancelled: () => this.stopped,
		sleep: async (ms) => await this.pass(ms, true),
	};

	/** The user's *Stop* button. */
	stop(): void {
		this.stopped = true;
		for (const sleeper of this.sleepers.filter(({ endsWithRun }) => endsWithRun)) sleeper.wake();
		this.sleepers = this.sleepers.filter(({ endsWithRun }) => !endsWithRun);
	}

	/** Sets the clock of the wall so far from the truth. */
	setClock(offMs: number): void {
		this.offMs = offMs;
	}

	/** A new execution begins. */
	restart(): void {
		this.stopped = false;
	}

	/** Waits `ms`; with `endsWithRun` no longer than the run. */
	async pass(ms: number, endsWithRun: boolean): Promise<void> {
		if (endsWithRun && this.stopped) return;
		await new Promise<void>((wake) => {
			this.order += 1;
			this.sleepers.push({ at: this.nowMs + ms, order: this.order, wake, endsWithRun });
		});
	}

	/** Lets time pass until `work` has ended. Throws where it can never end. */
	async runUntil<Result>(work: Promise<Result>): Promise<Result> {
		let ended = false;
		const watched = work.finally(() => {
			ended = true;
		});
		watched.catch(() => undefined);
		for (let wakeUps = 0; ; wakeUps += 1) {
			await new Promise<void>((resolve) => setImmediate(resolve));
			if (ended) return await watched;
			const next = this.sleepers.sort((a, b) => a.at - b.at || a.order - b.order).shift();
			if (next === undefined) throw new Error('Deadlock: work is left, and nothing to wait for');
			if (wakeUps > MAX_WAKE_UPS) throw new Error('Livelock: time passes without end');
			this.nowMs = Math.max(this.nowMs, next.at);
			next.wake();
		}
	}
}
