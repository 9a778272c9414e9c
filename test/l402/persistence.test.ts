import { wholeAnswer, type HttpOutcome } from '../../nodes/Sats4Ai/l402/http';
import { asObject, isObject, parseJson } from '../../nodes/Sats4Ai/l402/json';
import {
	isWorthRedeemingAgain,
	sendPersistently,
	type Persistence,
} from '../../nodes/Sats4Ai/l402/persistence';
import { MIDNIGHT, Script } from './scriptedPayer';

const answer = (status: number, headers: Record<string, string> = {}): HttpOutcome => ({
	kind: 'answer',
	status,
	headers,
	body: Buffer.alloc(0),
});
const lost: HttpOutcome = { kind: 'lost', reason: 'timeout' };
const busy = answer(503);
const fine = answer(200);

async function send(
	outcomes: readonly HttpOutcome[],
	change: Partial<Persistence> = {},
	at: Partial<Pick<Script, 'elapsed' | 'cancelledAt'>> & { readonly sendMs?: number } = {},
) {
	const { sendMs = 0, ...moment } = at;
	const clock = Object.assign(new Script([]), moment);
	const timeouts: number[] = [];
	const outcome = await sendPersistently(
		async (timeoutMs) => {
			timeouts.push(timeoutMs);
			clock.elapsed += sendMs;
			return outcomes[Math.min(timeouts.length, outcomes.length) - 1] ?? lost;
		},
		{
			deadlineAt: 60_000,
			attempts: 5,
			insists: true,
			retries: (given) => given.status !== 200,
			...change,
		},
		clock,
	);
	return { outcome, timeouts, pauses: clock.pauses };
}

it('sends once what is answered for good', async () => {
	expect(await send([fine])).toEqual({ outcome: fine, timeouts: [30_000], pauses: [] });
	expect(await send([answer(404)], { retries: () => false })).toMatchObject({ pauses: [] });
});

it('sends again after growing pauses, and gives the last try all the time that is left', async () => {
	const { outcome, timeouts, pauses } = await send([busy]);
	expect(outcome).toBe(busy);
	expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
	expect(timeouts).toEqual([30_000, 29_750, 29_250, 28_250, 52_500]);
});

it('sends no more often than told', async () => {
	expect((await send([lost], { attempts: 1 })).timeouts).toEqual([60_000]);
	expect((await send([lost], { attempts: 2 })).timeouts).toHaveLength(2);
});

it('ends with the first answer that is for good', async () => {
	const { outcome, timeouts } = await send([lost, busy, fine, busy]);
	expect(outcome).toBe(fine);
	expect(timeouts).toHaveLength(3);
});

it('takes silence for no last word, whatever is one', async () => {
	const { outcome, timeouts } = await send([lost, fine], { retries: () => false });
	expect(outcome).toBe(fine);
	expect(timeouts).toHaveLength(2);
});

it('remembers an answer over the silence after it, and the last of several answers', async () => {
	expect((await send([busy, lost])).outcome).toBe(busy);
	expect((await send([busy, lost, answer(500), lost])).outcome).toMatchObject({ status: 500 });
	const other: HttpOutcome = { kind: 'notSent', reason: 'refused' };
	expect((await send([lost, other])).outcome).toBe(lost);
});

describe('time', () => {
	it.each([
		[58_000, 1_000],
		[58_002, 1_998],
		[60_000, 1],
		[70_000, 1],
	])('at %d ms leaves a try %d ms', async (elapsed, timeoutMs) => {
		expect((await send([fine], {}, { elapsed })).timeouts).toEqual([timeoutMs]);
	});

	it('that a pause would use up ends it', async () => {
		expect((await send([busy], {}, { elapsed: 59_500 })).pauses).toEqual([]);
		expect((await send([busy], {}, { elapsed: 59_499 })).pauses).toEqual([500]);
	});

	it('ends earlier where patience with this answer does', async () => {
		const patienceUntilAt = () => 3_000;
		expect((await send([busy], { patienceUntilAt })).pauses).toEqual([500, 1_000]);
		expect((await send([lost], { patienceUntilAt })).pauses).toHaveLength(4);
		const later = () => 900_000;
		const near = { deadlineAt: 3_000, patienceUntilAt: later };
		expect((await send([busy], near)).pauses).toEqual([500, 1_000]);
	});

	it('grows to fifteen seconds between tries', async () => {
		const patient = { attempts: 9, deadlineAt: 1e6 };
		expect((await send([lost], patient)).pauses.slice(4)).toEqual([8_000, 15_000, 15_000, 15_000]);
	});
});

describe('a run that is stopped', () => {
	it('sends nothing more', async () => {
		expect(await send([busy], {}, { cancelledAt: 0 })).toEqual({
			outcome: busy,
			timeouts: [30_000],
			pauses: [],
		});
	});

	it('during a pause sends nothing more', async () => {
		const { timeouts, pauses } = await send([busy, fine], {}, { cancelledAt: 100 });
		expect(timeouts).toHaveLength(1);
		expect(pauses).toEqual([500]);
	});
});

describe('Retry-After', () => {
	const asks = (text: string) => answer(503, { 'retry-after': text });

	it.each([
		['7', 7_000],
		[' 7 ', 7_000],
		['0', 500],
		['', 500],
		['soon', 500],
		['-5', 500],
		['1.5x', 500],
		['7 seconds', 500],
		[new Date(MIDNIGHT + 9_000).toUTCString(), 9_000],
		[new Date(MIDNIGHT - 9_000).toUTCString(), 500],
		['123456789', 30_000],
		['1234567890', 500],
	])('%j asks for a pause of %d ms', async (text, pauseMs) => {
		expect((await send([asks(text), fine])).pauses).toEqual([pauseMs]);
	});

	it('beyond half of the time is cut to it by who insists, and ends it for others', async () => {
		expect((await send([asks('40'), fine])).pauses).toEqual([30_000]);
		expect((await send([asks('40'), fine], { insists: false })).pauses).toEqual([40_000]);
		const given = await send([asks('60'), fine], { insists: false });
		expect(given).toMatchObject({ outcome: { status: 503 }, pauses: [] });
	});

	it('of no answer is none', async () => {
		expect((await send([lost, fine])).pauses).toEqual([500]);
	});
});

it.each([
	[401, true],
	[402, true],
	[408, true],
	[425, true],
	[429, true],
	[500, true],
	[503, true],
	[599, true],
	[200, false],
	[400, false],
	[403, false],
	[404, false],
	[499, false],
])('a proof answered with %d is worth another try: %s', (status, expected) => {
	expect(isWorthRedeemingAgain(status)).toBe(expected);
});

it('an answer that was cut counts as lost where only a whole one means something', () => {
	const cut = {
		kind: 'answer',
		status: 200,
		headers: {},
		body: Buffer.alloc(9),
		isCut: true,
	} as const;
	expect(wholeAnswer(cut)).toEqual({ kind: 'lost', reason: 'the answer is too large' });
	expect(wholeAnswer(fine)).toBe(fine);
	expect(wholeAnswer(lost)).toBe(lost);
});

it.each([
	['{"a":1}', { a: 1 }],
	['[1]', {}],
	['null', {}],
	['"a"', {}],
	['7', {}],
	['{"a":', {}],
	['', {}],
])('JSON of others is read as an object, or as an empty one: %s', (text, expected) => {
	expect(asObject(parseJson(text))).toEqual(expected);
	expect(isObject(parseJson(text))).toBe(text === '{"a":1}');
});
