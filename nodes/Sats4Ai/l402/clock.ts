/** Time as an argument, so that the money rules run on a simulated clock in tests. */
export interface Clock {
	/** The time of day, in milliseconds since 1970: for what others date, and for what takes days. */
	readonly now: () => number;
	/**
	 * Milliseconds since some moment, on a clock that nobody sets: for deadlines, pauses, and the time
	 * something may be on its way. Means nothing in another process.
	 */
	readonly elapsedMs: () => number;
	/** Waits `ms` milliseconds; returns early when the run is stopped. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Whether the user has stopped the run. */
	readonly cancelled: () => boolean;
}

/** Pauses that double from `firstMs` up to `longestMs`. */
export function* growingPauses(firstMs: number, longestMs: number): Generator<number, never> {
	for (let pauseMs = firstMs; ; pauseMs = Math.min(pauseMs * 2, longestMs)) yield pauseMs;
}
