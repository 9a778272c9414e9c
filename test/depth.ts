/** Enough to find every mistake of `model/mutants.ts` that a random schedule finds soon. */
const USUAL = { schedules: 1_000, onEngine: 100 };
/** On the engine, in real time, a schedule costs a hundred times as much. */
const FULL = { schedules: 10_000, onEngine: 300 };

/**
 * Whether nothing is left out of what is random or combined: `TEST_DEPTH=full npm test`, as `.ci/run`
 * does. Else each rule and each kind of fault is tried, with fewer repetitions.
 */
export function isFullDepth(): boolean {
	const depth = process.env.TEST_DEPTH ?? '';
	if (!['', 'full'].includes(depth)) throw new Error('TEST_DEPTH is full, or not set');
	return depth === 'full';
}

/** How many random schedules are run, on the simulated clock and on the real engine. */
export function modelDepth(): typeof USUAL {
	return isFullDepth() ? FULL : USUAL;
}

/** All of them at full depth; else every so-many-th, beginning with the one at `first`. */
export function sampled<Each>(all: readonly Each[], every: number, first = 0): Each[] {
	return all.filter((_, index) => isFullDepth() || index % every === first % every);
}

/** How many times something is done: `full` at full depth, else `usual`. */
export function times(full: number, usual: number): number {
	return isFullDepth() ? full : usual;
}

/** How many random values a test takes: `full` of them at full depth, else a tenth. */
export function randomRuns(full: number): number {
	return times(full, Math.ceil(full / 10));
}
