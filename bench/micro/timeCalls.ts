import { median } from '../timing/statistics';

/** Something short, done to one of many inputs after the other. */
export interface Call {
	readonly name: string;
	run(): void;
}

/** Median time of one call, in microseconds. */
export type CallTimes = Readonly<Record<string, number>>;

const ROUNDS = 60;
/** Each round of a call lasts at least so long, so that the clock's own steps do not count. */
const ROUND_MS = 4;
const WARM_UP_MS = 150;

/** Times calls in turns, after each has run long enough to be compiled. */
export function timeCalls(calls: readonly Call[]): CallTimes {
	const timesUs: Record<string, number[]> = {};
	const repeats = new Map(calls.map((call) => [call, warmUp(call)]));
	for (let round = 0; round < ROUNDS; round++) {
		for (const call of calls) {
			const times = repeats.get(call) ?? 1;
			const startedAt = performance.now();
			for (let time = 0; time < times; time++) call.run();
			const us = ((performance.now() - startedAt) * 1_000) / times;
			(timesUs[call.name] ??= []).push(us);
		}
	}
	return Object.fromEntries(Object.entries(timesUs).map(([name, us]) => [name, median(us)]));
}

/** How many calls make a round. */
function warmUp(call: Call): number {
	const startedAt = performance.now();
	let times = 0;
	while (performance.now() - startedAt < WARM_UP_MS) {
		call.run();
		times += 1;
	}
	return Math.max(1, Math.round((times * ROUND_MS) / WARM_UP_MS));
}

/** Goes through the inputs over and over. */
export function cycling<Input>(inputs: readonly Input[]): () => Input {
	let next = 0;
	return () => {
		const input = inputs[next % inputs.length];
		if (input === undefined) throw new Error('There is no input');
		next += 1;
		return input;
	};
}
