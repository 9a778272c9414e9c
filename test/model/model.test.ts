import { violate } from './violate';

const SCHEDULES = 10_000;

/** Random schedules, faults, stops and restarts on a simulated clock; `test/model/schedule.ts`. */
describe('Money, under random faults', () => {
	it(`keeps its rules in ${SCHEDULES} schedules`, async () => {
		// A new seed each time; a failure prints it with the schedule, made as short as it gets.
		expect(await violate(SCHEDULES, Date.now() % 2 ** 31)).toBeNull();
	}, 1_800_000);
});
