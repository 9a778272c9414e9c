import type { BenchPlan } from './bench';
import { lnbitsBench } from './lnbitsBench';
import { clnBench, phoenixdBench } from './emulatedBench';
import { lndBench } from './lndBench';
import { albyHubBench, nwcBench } from './nwcBench';

/** The columns of the table. */
export const benchPlans: readonly BenchPlan[] = [
	lndBench('LND 0.21', 'west'),
	lndBench('LND 0.20', 'east'),
	lnbitsBench,
	nwcBench,
	albyHubBench,
	clnBench,
	phoenixdBench,
];
