/** Enough to find every mistake of `mutants.ts` that a random schedule finds soon. */
const USUAL = 1_000;
/** On the engine, in real time, a schedule costs a hundred times as much. */
const MOST_ON_ENGINE = 300;
/** From here on nothing is left out. */
const FULL = 10_000;

/** How many random schedules are run: `MODEL_SCHEDULES=10000 npm test` looks ten times as long. */
export function modelSchedules(): number {
	const wanted = process.env.MODEL_SCHEDULES ?? '';
	return /^[1-9]\d{0,8}$/.test(wanted) ? Number(wanted) : USUAL;
}

/** The same on the real engine: a tenth of them, 300 at most. */
export function engineModelSchedules(): number {
	return Math.min(MOST_ON_ENGINE, Math.ceil(modelSchedules() / 10));
}

/** Whether nothing is left out, as in `.ci/run`: with 10,000 schedules, and more. */
export function isFullDepth(): boolean {
	return modelSchedules() >= FULL;
}

/** All of them at full depth; else every so-many-th, beginning with the one at `first`. */
export function sampled<Each>(all: readonly Each[], every: number, first = 0): Each[] {
	return all.filter((_, index) => isFullDepth() || index % every === first % every);
}

/** How many random values a test takes: `full` of them at full depth, else a fifth. */
export function randomRuns(full: number): number {
	return isFullDepth() ? full : Math.ceil(full / 5);
}
