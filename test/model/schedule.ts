import * as fc from 'fast-check';

/** What the service does with an order that comes without proof. */
export const askFates = [
	'offer',
	'lost',
	'status500',
	'status503',
	'free',
	'noChallenge',
	'expensive',
	'expired',
	'sameInvoiceAgain',
] as const;

/** The wallet loses its node in the middle of the call, and takes the payment for failed, or strikes it from its records. */
export const lostLines = [
	{ says: 'lostLine', truth: 'settles', recordedAs: 'failed' },
	{ says: 'lostLine', truth: 'settles', recordedAs: 'notFound' },
	{ says: 'lostLine', truth: 'fails', recordedAs: 'failed' },
] as const;

/** What a wallet that reaches its node says to a pay call, and what becomes of the payment. */
const reachedFates = [
	{ says: 'paid', truth: 'settles' },
	{ says: 'paidWithoutPreimage', truth: 'settles' },
	{ says: 'paidWithWrongPreimage', truth: 'settles' },
	{ says: 'paidWithoutPreimage', truth: 'fails' },
	{ says: 'pending', truth: 'settles' },
	{ says: 'pending', truth: 'fails' },
	{ says: 'nothing', truth: 'settles' },
	{ says: 'nothing', truth: 'fails' },
	{ says: 'nothing', truth: 'neverArrives' },
	{ says: 'failed', truth: 'fails' },
	{ says: 'notSent', truth: 'neverArrives' },
] as const;

export const payFates = [...reachedFates, ...lostLines] as const;

/** failedBefore: a list that is one attempt behind, right after a pay call. */
export const lookupFates = [
	'truth',
	'nothing',
	'notFoundYet',
	'paidWithoutPreimage',
	'failedBefore',
] as const;

export const redeemFates = [
	'picture',
	'link',
	'garbage',
	'empty',
	'status302',
	'status400',
	'status401',
	'status402',
	'status408',
	'status425',
	'status429',
	'status500',
	'status503',
	'lostBefore',
	'lostAfter',
	'hang',
] as const;

export const linkFates = ['picture', 'status404', 'status503', 'lost', 'garbage'] as const;
export const storeFates = ['stored', 'fails'] as const;

export type AskFate = (typeof askFates)[number];
export type PayFate = (typeof payFates)[number];
export type LookupFate = (typeof lookupFates)[number];
export type RedeemFate = (typeof redeemFates)[number];
export type LinkFate = (typeof linkFates)[number];

/** Fates are used up one by one; where they end, all goes well. */
export interface Fates {
	readonly ask: readonly AskFate[];
	readonly pay: ReadonlyArray<{
		readonly fate: PayFate;
		readonly afterMs: number;
		readonly feeMsat: number;
	}>;
	readonly lookup: readonly LookupFate[];
	readonly redeem: readonly RedeemFate[];
	readonly link: readonly LinkFate[];
	readonly store: ReadonlyArray<(typeof storeFates)[number]>;
}

export interface Round {
	/** again: a new execution. retry: n8n's *Retry* of the last one, with its saved context. */
	readonly kind: 'again' | 'retry';
	/** n8n was restarted before it. */
	readonly memoryLost: boolean;
	readonly stopAfterMs: number | null;
	/** How many *Retries* of the same failed execution there are at once, each with its own copy. */
	readonly copies: number;
	/** Whether they begin with the books as they were when the execution first failed. */
	readonly stale: boolean;
	readonly forgery: Forgery;
	/** moved: the same at another address. other: its address and key are another wallet's. */
	readonly wallet: 'same' | 'moved' | 'other';
	/** How far the clock of the wall is off, in a process that lives on. */
	readonly clockMs: number;
}

/** What somebody has written into the saved books; see `handedOver`. */
export type Forgery = 'none' | 'beside' | 'dear' | 'junk';

export interface Schedule {
	/** One prompt an item; equal numbers are equal requests. */
	readonly prompts: readonly number[];
	readonly concurrency: number;
	readonly continueOnFail: boolean;
	/** Of *Retry On Fail*. */
	readonly maxTries: number;
	readonly maxTotalSat: number | null;
	readonly maxFeeSat: number;
	/** After an invoice's expiry, the wallet's *not found* is final. */
	readonly notFoundFinalAfterMs: number;
	/** Whether the service gives a used-up credential its picture again. */
	readonly replays: boolean;
	readonly latencyMs: readonly number[];
	readonly fates: Fates;
	readonly rounds: readonly Round[];
}

/** Of the wallets' *not found*: with HTTP APIs, and behind relays. */
export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const fateList = <Fate>(fates: readonly Fate[], usual: Fate, maxLength: number) =>
	fc.array(
		fc.oneof(
			{ weight: 2, arbitrary: fc.constant(usual) },
			{ weight: 1, arbitrary: fc.constantFrom(...fates) },
		),
		{ maxLength },
	);

const feeMsat = fc.integer({ min: 0, max: 10_000 });

const payment = fc.record({
	fate: fc.oneof(
		{ weight: 1, arbitrary: fc.constant(reachedFates[0]) },
		{ weight: 2, arbitrary: fc.constantFrom(...reachedFates) },
	),
	afterMs: fc.constantFrom(0, 500, 20_000, 70_000, 200_000),
	feeMsat,
});

/** A pay call that nobody answers, and that arrives after all. */
const lateArrival = fc.record({
	fate: fc.constant({ says: 'nothing', truth: 'settles' } as const),
	afterMs: fc.constant(200_000),
	feeMsat,
});

/** A node that is away for a while, and goes on with its payment when it is back. */
const nodeAway = fc.record({
	fate: fc.constantFrom(...lostLines),
	afterMs: fc.constantFrom(20_000, 70_000, 200_000, 500_000),
	feeMsat,
});

/** As n8n and the world mostly are. */
const usualRound: fc.Arbitrary<Round> = fc.record({
	copies: fc.constant(1),
	stale: fc.constant(false),
	forgery: fc.constant('none' as const),
	wallet: fc.constant('same' as const),
	clockMs: fc.constant(0),
	kind: fc.constantFrom('again' as const, 'retry' as const, 'retry' as const),
	memoryLost: fc.boolean(),
	stopAfterMs: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(null) },
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 90_000 }) },
	),
});

/** What can be odd about a round, mostly one thing at a time: many at once would hide each other. */
const oddities: ReadonlyArray<fc.Arbitrary<Partial<Round>>> = [
	fc.record({ kind: fc.constant('retry' as const), copies: fc.constantFrom(2, 3) }),
	fc.record({ kind: fc.constant('retry' as const), stale: fc.constant(true) }),
	fc.record({ forgery: fc.constantFrom('beside' as const, 'dear' as const, 'junk' as const) }),
	fc.record({ wallet: fc.constantFrom('moved' as const, 'other' as const) }),
	fc.record({
		memoryLost: fc.constant(false),
		clockMs: fc.constantFrom(15 * MINUTE_MS, -15 * MINUTE_MS),
	}),
];

const oddRound = fc
	.tuple(usualRound, fc.oneof(...oddities))
	.map(([usual, odd]): Round => ({ ...usual, ...odd }));
const wildRound = fc
	.tuple(usualRound, ...oddities)
	.map(([usual, ...odd]): Round => Object.assign({ ...usual }, ...odd) as Round);

const round = fc.oneof(
	{ weight: 5, arbitrary: usualRound },
	{ weight: 4, arbitrary: oddRound },
	{ weight: 1, arbitrary: wildRound },
);

/** Random runs: items, settings, and what goes wrong at every step. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
	prompts: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 20 }),
	concurrency: fc.integer({ min: 1, max: 5 }),
	continueOnFail: fc.boolean(),
	maxTries: fc.integer({ min: 1, max: 4 }),
	maxTotalSat: fc.option(fc.integer({ min: 4, max: 90 }), { nil: null, freq: 2 }),
	maxFeeSat: fc.integer({ min: 0, max: 10 }),
	notFoundFinalAfterMs: fc.constantFrom(MINUTE_MS, DAY_MS),
	replays: fc.boolean(),
	latencyMs: fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 7 }),
	fates: fc.record({
		ask: fateList(askFates, 'offer', 12),
		pay: fc.oneof(
			{ weight: 6, arbitrary: fc.array(payment, { maxLength: 16 }) },
			{ weight: 2, arbitrary: fc.tuple(lateArrival, payment, payment).map((list) => [...list]) },
			{ weight: 1, arbitrary: fc.tuple(nodeAway, payment, nodeAway).map((list) => [...list]) },
		),
		lookup: fc.oneof(
			{ weight: 2, arbitrary: fateList(lookupFates, 'truth', 16) },
			// A wallet that does not hear of a payment for as long as it can.
			{ weight: 1, arbitrary: fc.constant(Array<LookupFate>(200).fill('notFoundYet')) },
		),
		redeem: fateList(redeemFates, 'picture', 24),
		link: fateList(linkFates, 'picture', 8),
		store: fateList(storeFates, 'stored', 4),
	}),
	rounds: fc.array(round, { maxLength: 4 }),
});
