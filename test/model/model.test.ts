import { modelDepth } from '../depth';
import { violations } from './invariants';
import { InvoicePool } from './invoicePool';
import { runSchedule } from './runSchedule';
import { modelSeed } from './seed';
import { knownSeeds } from './seeds';
import { violate } from './violate';

const SCHEDULES = modelDepth().schedules;

/** Random schedules, faults, stops and restarts on a simulated clock; `test/model/schedule.ts`. */
describe('Money, under random faults', () => {
	it(`keeps its rules in ${SCHEDULES} schedules`, async () => {
		// A failure prints the seed and the schedule, made as short as it gets.
		expect(await violate(SCHEDULES, modelSeed())).toBeNull();
	}, 7_200_000);

	it('keeps its rules in every schedule that ever broke one', async () => {
		const pool = InvoicePool.mint();
		for (const { seed, found, schedule } of knownSeeds) {
			const again = violations(await runSchedule(schedule, pool));
			expect({ seed, found, again }).toEqual({ seed, found, again: [] });
		}
	});
});
