import seeds from './seeds.json';
import type { Schedule } from './schedule';

/** A schedule that broke a rule once: with the seed that made it, though a changed generator may not. */
export interface KnownSeed {
	readonly seed: number;
	/** What was broken, as `violate` says it. */
	readonly found: string;
	readonly schedule: Schedule;
}

/** To be run again, always. A finding of `model.test.ts` or of a night is copied here as it is printed. */
export const knownSeeds = seeds as readonly unknown[] as readonly KnownSeed[];
