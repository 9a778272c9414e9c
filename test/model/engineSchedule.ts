import * as fc from 'fast-check';
import type { FaultAt } from '../../sandbox/faults';
import { times } from '../depth';

/** What goes wrong at the sandbox, place by place; where a list ends, all goes well. */
export interface EngineFaults {
	readonly ask: ReadonlyArray<FaultAt<'ask'>>;
	readonly redeem: ReadonlyArray<FaultAt<'redeem'>>;
	readonly link: ReadonlyArray<FaultAt<'link'>>;
	readonly pay: ReadonlyArray<FaultAt<'pay'>>;
	readonly lookup: ReadonlyArray<FaultAt<'lookup'>>;
}

export interface EngineSchedule {
	readonly prompts: readonly number[];
	readonly concurrency: number;
	readonly continueOnFail: boolean;
	readonly maxTries: number;
	readonly maxTotalSat: number;
	readonly allowReplay: boolean;
	readonly faults: EngineFaults;
	readonly rounds: ReadonlyArray<{
		readonly kind: 'again' | 'retry';
		readonly memoryLost: boolean;
		readonly stopAfterMs: number | null;
	}>;
}

const status = (...statuses: number[]) =>
	fc.constantFrom(...statuses.map((code) => ({ kind: 'status' as const, status: code })));

/** Often none, so that most schedules get somewhere. */
const list = <Fault>(faults: fc.Arbitrary<Fault>, maxLength: number) =>
	fc.oneof(fc.constant<Fault[]>([]), fc.array(faults, { maxLength }));

const cut = fc.constant({ kind: 'cut' as const });
const redirect = fc.constant({ kind: 'redirect' as const });
const garbage = fc.constant({ kind: 'garbage' as const });

/** Random runs of the real node against the real sandbox, short enough for real time. */
export const engineSchedules: fc.Arbitrary<EngineSchedule> = fc.record({
	prompts: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: times(6, 4) }),
	concurrency: fc.integer({ min: 1, max: 5 }),
	continueOnFail: fc.boolean(),
	maxTries: fc.integer({ min: 1, max: 3 }),
	maxTotalSat: fc.constantFrom(0, 0, 0, 400, 700),
	allowReplay: fc.boolean(),
	faults: fc.record({
		ask: list(
			fc.oneof(
				cut,
				redirect,
				status(400, 401, 500),
				fc.constantFrom(
					{ kind: 'noChallenge' as const },
					{ kind: 'foreignScheme' as const },
					{ kind: 'amountless' as const },
					{ kind: 'expired' as const },
					{ kind: 'baitAndSwitch' as const },
					{ kind: 'badChecksum' as const },
					{ kind: 'priceTimes' as const, factor: 9 },
					{ kind: 'freeAnswer' as const },
					{ kind: 'challengeWith401' as const },
					{ kind: 'network' as const, network: 'mainnet' as const },
				),
			),
			6,
		),
		redeem: list(
			fc.oneof(
				cut,
				redirect,
				garbage,
				status(400, 401, 402, 403, 408, 425, 429, 500, 503),
				fc.constantFrom(
					{ kind: 'cutAfter' as const },
					{ kind: 'hang' as const },
					{ kind: 'empty' as const },
					{ kind: 'status' as const, status: 402, challenge: 'fresh' as const },
					{ kind: 'status' as const, status: 422, refund: true },
				),
			),
			8,
		),
		link: list(fc.oneof(cut, garbage, status(404, 503)), 4),
		pay: list(
			fc.oneof(
				cut,
				garbage,
				redirect,
				status(500, 502),
				fc.constantFrom(
					{ kind: 'cutAfter' as const },
					{ kind: 'hangAfter' as const },
					{ kind: 'hang' as const },
					{ kind: 'failed' as const },
					{ kind: 'insufficient' as const },
					{ kind: 'noRoute' as const },
					{ kind: 'unauthorized' as const },
					{ kind: 'pending' as const, lookups: 2, then: 'success' as const },
					{ kind: 'pending' as const, lookups: 2, then: 'failed' as const },
					{ kind: 'preimage' as const, preimage: 'null' as const, onLookup: 'right' as const },
					{ kind: 'preimage' as const, preimage: 'zeros' as const, onLookup: 'same' as const },
					{ kind: 'preimage' as const, preimage: 'wrong' as const, onLookup: 'right' as const },
				),
			),
			6,
		),
		lookup: list(fc.oneof(cut, garbage, status(404, 500)), 8),
	}),
	rounds: fc.array(
		fc.record({
			kind: fc.constantFrom('again' as const, 'retry' as const),
			memoryLost: fc.boolean(),
			stopAfterMs: fc.option(fc.integer({ min: 0, max: 1_500 }), { freq: 3 }),
		}),
		{ maxLength: 2 },
	),
});
