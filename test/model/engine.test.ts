import * as fc from 'fast-check';
import { modelDepth } from '../depth';
import { engineSchedules } from './engineSchedule';
import { violationsOnEngine } from './runOnEngine';
import { modelSeed } from './seed';

const SCHEDULES = modelDepth().onEngine;
const LANES = 20;

/** The same rules as in `model.test.ts`, on n8n's engine, over HTTP, in real time. */
describe('Money, on the real engine', () => {
	it(`keeps its rules in ${SCHEDULES} schedules`, async () => {
		const seed = modelSeed();
		const waiting = fc.sample(engineSchedules, { numRuns: SCHEDULES, seed }).entries();
		const failed: string[] = [];
		const lane = async () => {
			for (const [index, schedule] of waiting) {
				const found = await violationsOnEngine(schedule);
				const at = `seed ${seed}, schedule ${index}: ${JSON.stringify(schedule)}`;
				if (found.length > 0) failed.push(`${found.join('; ')} (${at})`);
			}
		};
		await Promise.all(Array.from({ length: LANES }, lane));
		expect(failed).toEqual([]);
	}, 1_800_000);
});
