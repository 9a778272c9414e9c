/** Time as an argument, so that the money rules run on a simulated clock in tests. */
export interface Clock {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Waits `ms` milliseconds; returns early when the run is cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Whether the user has stopped the run. */
	readonly cancelled: () => boolean;
}

/** Pauses that double from `firstMs` up to `longestMs`. */
export function* growingPauses(firstMs: number, longestMs: number): Generator<number, never> {
	for (let pauseMs = firstMs; ; pauseMs = Math.min(pauseMs * 2, longestMs)) yield pauseMs;
}
