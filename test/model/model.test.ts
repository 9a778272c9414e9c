import { modelSchedules } from './depth';
import { modelSeed } from './seed';
import { violate } from './violate';

const SCHEDULES = modelSchedules();

/** Random schedules, faults, stops and restarts on a simulated clock; `test/model/schedule.ts`. */
describe('Money, under random faults', () => {
	it(`keeps its rules in ${SCHEDULES} schedules`, async () => {
		// A failure prints the seed and the schedule, made as short as it gets.
		expect(await violate(SCHEDULES, modelSeed())).toBeNull();
	}, 7_200_000);
});
