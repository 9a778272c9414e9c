import type { InvoicePool } from './invoicePool';
import { violations } from './invariants';
import { retried, steps } from './onePurchase';
import { runSchedule } from './runSchedule';
import { MINUTE_MS, type Fates, type Round, type Schedule } from './schedule';

/** One thing that goes wrong: the first or the second time that a step is taken. */
interface Fault {
	readonly place: keyof Fates;
	readonly index: number;
	readonly fate: number;
}

/** Which time a step is taken: two items take each of them twice. */
const TIMES = [0, 1];
/** In all of `steps` this is the one where all goes well. */
const WELL = 0;

const faults: readonly Fault[] = (Object.keys(steps) as Array<keyof Fates>).flatMap((place) =>
	TIMES.flatMap((index) =>
		steps[place].slice(1).map((_, fate) => ({ place, index, fate: fate + 1 })),
	),
);

/** What can be wrong with a second round beside its faults. */
const turns: ReadonlyArray<Partial<Round>> = [
	{},
	{ stopAfterMs: 1_000 },
	{ stopAfterMs: 30_000 },
	{ stale: true },
	{ copies: 2 },
	{ clockMs: 15 * MINUTE_MS },
	{ clockMs: -15 * MINUTE_MS },
];

const rounds: readonly Round[] = (['again', 'retry'] as const).flatMap((kind) =>
	[false, true].flatMap((memoryLost) =>
		turns.map((turn) => ({ ...retried, kind, memoryLost, ...turn })),
	),
);

/** Every two faults of two purchases, in two rounds of every kind. `broken` holds what went wrong. */
export async function exhaustPairs(
	pool: InvoicePool,
): Promise<{ readonly runs: number; readonly broken: string[] }> {
	const broken: string[] = [];
	let runs = 0;
	for (const [at, one] of faults.entries()) {
		for (const other of faults.slice(at + 1)) {
			if (one.place === other.place && one.index === other.index) continue;
			for (const round of rounds) {
				runs += 1;
				const schedule = scheduleOf([one, other], round);
				const found = violations(await runSchedule(schedule, pool));
				if (found.length > 0) broken.push(`${found.join('; ')}: ${JSON.stringify(schedule)}`);
			}
		}
	}
	return { runs, broken };
}

function scheduleOf(pair: readonly Fault[], round: Round): Schedule {
	return {
		prompts: [1, 2],
		concurrency: 2,
		continueOnFail: false,
		maxTries: 1,
		maxTotalSat: null,
		maxFeeSat: 10,
		notFoundFinalAfterMs: MINUTE_MS,
		replays: true,
		latencyMs: [100],
		rounds: [round],
		fates: {
			ask: fatesOf(steps.ask, 'ask'),
			pay: fatesOf(steps.pay, 'pay'),
			lookup: fatesOf(steps.lookup, 'lookup'),
			redeem: fatesOf(steps.redeem, 'redeem'),
			link: fatesOf(steps.link, 'link'),
			store: fatesOf(steps.store, 'store'),
		},
	};

	function fatesOf<Fate>(fates: readonly Fate[], place: keyof Fates): Fate[] {
		return TIMES.flatMap((index) => {
			const fault = pair.find((one) => one.place === place && one.index === index);
			return fates.slice(fault?.fate ?? WELL).slice(0, 1);
		});
	}
}
