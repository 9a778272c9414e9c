import type { Clock } from '../../nodes/Sats4Ai/l402/clock';

/** This machine's, never cancelled. */
export const CLOCK: Clock = {
	now: Date.now,
	elapsedMs: () => performance.now(),
	sleep: async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms)),
	cancelled: () => false,
};

/** One for which a pause is over at once. */
export function hurryingClock(): Clock {
	let skippedMs = 0;
	return {
		...CLOCK,
		elapsedMs: () => performance.now() + skippedMs,
		sleep: async (ms) => {
			skippedMs += ms;
		},
	};
}
