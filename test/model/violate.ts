import * as fc from 'fast-check';
import { violations } from './invariants';
import { InvoicePool } from './invoicePool';
import { runSchedule } from './runSchedule';
import { schedules } from './schedule';

/**
 * Runs random schedules until one breaks a rule. Resolves to null, or to what was broken with the
 * seed and the schedule, which is first made as short as it gets where `shrink` says so. `first` is
 * the number of the schedule to begin with.
 */
export async function violate(
	numRuns: number,
	seed: number,
	shrink = true,
	first = 0,
): Promise<string | null> {
	const pool = InvoicePool.mint();
	const property = fc.asyncProperty(schedules, async (schedule) => {
		const found = violations(await runSchedule(schedule, pool));
		if (found.length > 0) throw new Error(found[0]);
	});
	const result = await fc.check(property, {
		numRuns,
		seed,
		endOnFailure: !shrink,
		...(first === 0 ? {} : { path: String(first) }),
	});
	if (!result.failed) return null;
	const schedule = first + result.numRuns - 1;
	return `${String(result.errorInstance)}, seed ${seed}, schedule ${schedule}: ${JSON.stringify(result.counterexample)}`;
}
