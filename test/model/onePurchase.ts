import type { InvoicePool } from './invoicePool';
import { violations } from './invariants';
import { runSchedule } from './runSchedule';
import {
	askFates,
	linkFates,
	lookupFates,
	MINUTE_MS,
	payFates,
	redeemFates,
	storeFates,
	type Fates,
	type Round,
	type Schedule,
} from './schedule';

/** Everything that can happen at each step of a purchase. */
export const steps = {
	ask: askFates,
	pay: payFates.map((fate) => ({ fate, afterMs: 20_000, feeMsat: 1_000 })),
	lookup: lookupFates,
	redeem: redeemFates,
	link: linkFates,
	store: storeFates,
} as const satisfies Fates;

const PLACES = Object.keys(steps) as Array<keyof Fates>;

/** Of one fate for each step. */
export const COMBINATIONS = PLACES.reduce((count, place) => count * steps[place].length, 1);

/** What is not a fault, and changes what one leads to. */
export type World = Pick<Schedule, 'replays' | 'maxTries'> & { readonly name: string };

export const worlds: readonly World[] = [
	{ name: 'a picture is given out again', replays: true, maxTries: 1 },
	{ name: 'a picture is given out once a payment', replays: false, maxTries: 1 },
	{ name: 'Retry On Fail, three tries', replays: true, maxTries: 3 },
];

/** n8n's *Retry* after a restart, with what was saved. */
export const retried: Round = {
	kind: 'retry',
	memoryLost: true,
	stopAfterMs: null,
	copies: 1,
	stale: false,
	forgery: 'none',
	wallet: 'same',
	clockMs: 0,
};

export interface Exhausted {
	/** Every combination, run or known to be the same as one that was. */
	readonly combinations: number;
	/** Those that were run: they differ in a step that was taken. */
	readonly runs: number;
	/** What was broken, with the schedule that broke it. */
	readonly broken: string[];
}

type Chosen = Readonly<Record<keyof Fates, number>>;

/**
 * Goes through all combinations of one fate for each step of one purchase, or through every so-many-th.
 * A step that a run did not take cannot matter to it: combinations that differ there alone are the same
 * run, and done once.
 */
export async function exhaust(world: World, pool: InvoicePool, every = 1): Promise<Exhausted> {
	const known = new Map<
		string,
		{ readonly taken: readonly string[]; readonly seen: Set<string> }
	>();
	const broken: string[] = [];
	let combinations = 0;
	let runs = 0;
	for (const chosen of choices(every)) {
		combinations += 1;
		const isKnown = [...known.values()].some(({ taken, seen }) => seen.has(key(chosen, taken)));
		if (isKnown) continue;
		runs += 1;
		const read = new Set<string>();
		const schedule = scheduleOf(world, chosen, read);
		const found = violations(await runSchedule(schedule, pool));
		if (found.length > 0) broken.push(`${found.join('; ')}: ${JSON.stringify(schedule)}`);
		const taken = PLACES.filter((place) => read.has(place));
		const group = known.get(taken.join()) ?? { taken, seen: new Set<string>() };
		known.set(taken.join(), group);
		group.seen.add(key(chosen, taken));
	}
	return { combinations, runs, broken };
}

function* choices(every: number): Generator<Chosen> {
	for (let number = 0; number < COMBINATIONS; number += every) {
		let rest = number;
		const digits = PLACES.map((place) => {
			const digit = rest % steps[place].length;
			rest = Math.floor(rest / steps[place].length);
			return [place, digit] as const;
		});
		yield Object.fromEntries(digits) as Chosen;
	}
}

function key(chosen: Chosen, taken: readonly string[]): string {
	return taken.map((place) => chosen[place as keyof Fates]).join();
}

function scheduleOf(world: World, chosen: Chosen, read: Set<string>): Schedule {
	return {
		replays: world.replays,
		maxTries: world.maxTries,
		prompts: [1],
		concurrency: 1,
		continueOnFail: false,
		maxTotalSat: null,
		maxFeeSat: 10,
		notFoundFinalAfterMs: MINUTE_MS,
		latencyMs: [100],
		rounds: [retried],
		fates: {
			ask: watched(steps.ask, 'ask'),
			pay: watched(steps.pay, 'pay'),
			lookup: watched(steps.lookup, 'lookup'),
			redeem: watched(steps.redeem, 'redeem'),
			link: watched(steps.link, 'link'),
			store: watched(steps.store, 'store'),
		},
	};

	/** A list of the one fate, which notes that it was looked at. */
	function watched<Fate>(fates: readonly Fate[], place: keyof Fates): Fate[] {
		return Object.defineProperty<Fate[]>([], 0, {
			enumerable: true,
			get: () => {
				read.add(place);
				return fates[chosen[place]];
			},
		});
	}
}
