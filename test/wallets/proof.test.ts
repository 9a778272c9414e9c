import { paymentHashOf } from '../../nodes/Sats4Ai/l402/preimage';
import { asAmount, asArray, asInteger, asPreimage, asText } from '../../nodes/Sats4Ai/wallets/json';
import { weigh } from '../../nodes/Sats4Ai/wallets/proof';
import { causeOf, confirmRefusal } from '../../nodes/Sats4Ai/wallets/refusal';
import type { LookupOutcome } from '../../nodes/Sats4Ai/l402/payer';
import { PREIMAGE } from './answers';

const HASH = paymentHashOf(PREIMAGE);
const failed = { status: 'failed', cause: 'other', reason: 'no' } as const;
const paid = { status: 'paid', preimage: PREIMAGE, feeMsat: null };
const inBytes = Buffer.from(PREIMAGE, 'hex');

describe('a proof', () => {
	it.each([
		{ preimage: PREIMAGE },
		{ preimage: ` ${PREIMAGE} ` },
		{ payment_preimage: PREIMAGE },
		{ paymentPreimage: PREIMAGE },
		{ a: [{ b: { preimage: PREIMAGE } }] },
		{ preimage: inBytes.toString('base64') },
		{ preimage: inBytes.toString('base64').replace('=', '') },
		{ preimage: inBytes.toString('base64url') },
		[{ preimage: 'other' }, { preimage: PREIMAGE }],
	])('in %j outweighs that it failed', (json) => {
		expect(weigh(failed, json, HASH)).toEqual(paid);
	});

	it('keeps the fee where the payment was reported as done', () => {
		const done = { status: 'paid', preimage: null, feeMsat: 3n } as const;
		expect(weigh(done, { preimage: PREIMAGE }, HASH)).toEqual({ ...paid, feeMsat: 3n });
	});

	it.each([
		{ image: PREIMAGE },
		{ preimage: [PREIMAGE] },
		{ preimage: `x${inBytes.toString('base64')}` },
		{ preimage: `${inBytes.toString('base64')}x` },
		{ preimage: 5 },
	])('is none in %j', (json) => {
		expect(weigh(failed, json, HASH)).toEqual(failed);
	});

	it('is looked for six levels down and no deeper', () => {
		const inside = (levels: number): unknown =>
			levels === 0 ? { preimage: PREIMAGE } : { in: inside(levels - 1) };
		expect(weigh(failed, inside(6), HASH)).toEqual(paid);
		expect(weigh(failed, inside(7), HASH)).toEqual(failed);
		const list = (levels: number): unknown =>
			levels === 0 ? { preimage: PREIMAGE } : [list(levels - 1)];
		expect(weigh(failed, list(6), HASH)).toEqual(paid);
		expect(weigh(failed, list(7), HASH)).toEqual(failed);
	});

	it('is looked for in some thousand fields', () => {
		const many = (count: number) => [
			...Array.from({ length: count }, () => ({ a: 1 })),
			{ preimage: PREIMAGE },
		];
		expect(weigh(failed, many(5_000), HASH)).toEqual(paid);
		expect(weigh(failed, many(5_001), HASH)).toEqual(failed);
	});
});

describe('a failure', () => {
	it.each([
		...['pending', 'PENDING', 'in_flight', 'in flight', 'inflight', 'initiated', 'processing'],
		...['in_progress', 'in progress', 'inprogress', 'queued'],
	])('beside the state "%s" is under way', (state) => {
		const reason = 'the wallet says both that the payment failed and that it is under way';
		expect(weigh(failed, { state }, HASH)).toEqual({ status: 'pending', reason });
		expect(weigh(failed, { parts: [{ Status: state }] }, HASH)).toMatchObject({
			status: 'pending',
		});
	});

	it.each([
		{ pending: true },
		{ is_pending: true },
		{ isPending: true },
		// Databases know no `true`: some write 1, or the word.
		{ pending: 1 },
		{ pending: 'true' },
	])('beside %j is under way', (json) => {
		expect(weigh(failed, json, HASH).status).toBe('pending');
	});

	it.each(['succeeded', 'SUCCESS', 'complete', 'completed', 'settled', 'paid'])(
		'beside the state "%s" is unknown',
		(status) => {
			const reason = 'the wallet says both that the payment failed and that it succeeded';
			expect(weigh(failed, { status }, HASH)).toEqual({ status: 'unknown', reason });
		},
	);

	it.each([
		{ paid: true },
		{ is_paid: true },
		{ isSettled: true },
		{ settled: true },
		{ paid: 1 },
		{ paid: 'true' },
	])('beside %j is unknown', (json) => {
		expect(weigh(failed, json, HASH).status).toBe('unknown');
	});

	it.each([
		{ unpending: true },
		{ pending_fee: true },
		{ unpaid: true },
		{ paid_at: true },
		{ note: 'pending' },
		{ note: 'paid' },
		{ status_text: 'pending' },
		{ substate: 'paid' },
		{ status: 'not pending' },
		{ status: 'pending no more' },
		{ status: 'unpaid' },
		{ status: 'paid back' },
		{ status: 5 },
		{ status: ['pending'] },
		{ status: ['paid'] },
		null,
		'pending',
	])('beside %j is one', (json) => {
		expect(weigh(failed, json, HASH)).toEqual(failed);
	});

	it('under way counts before done', () => {
		expect(weigh(failed, { paid: true, pending: true }, HASH).status).toBe('pending');
	});
});

it('what is no failure stays what it is', () => {
	const refused = { status: 'refused', cause: 'other', reason: 'x' } as const;
	expect(weigh(refused, { status: 'pending' }, HASH)).toBe(refused);
	const done = { status: 'paid', preimage: null, feeMsat: null } as const;
	expect(weigh(done, { status: 'pending' }, HASH)).toBe(done);
});

describe('values of others', () => {
	it.each([
		[7, 7n],
		[-7, -7n],
		['7', 7n],
		['-7', -7n],
		['1234567890123456789', 1_234_567_890_123_456_789n],
		['12345678901234567890', null],
		['', null],
		['-', null],
		['7x', null],
		['x7', null],
		['--7', null],
		[7.5, null],
		[2 ** 53, null],
		[true, null],
		[null, null],
		[['7'], null],
	])('the integer in %j is %s', (value, expected) => {
		expect(asInteger(value)).toBe(expected);
		const size = expected !== null && expected < 0n ? -expected : expected;
		expect(asAmount(value)).toBe(size);
	});

	it('are empty where they are of another type', () => {
		expect(asArray({ length: 1 })).toEqual([]);
		expect(asArray([1])).toEqual([1]);
		expect(asText(5)).toBe('');
		expect(asText('5')).toBe('5');
		expect(asPreimage('  ')).toBeNull();
		expect(asPreimage(undefined)).toBeNull();
		expect(asPreimage(' x ')).toBe('x');
		expect(asAmount(0)).toBe(0n);
	});
});

describe('a vague refusal', () => {
	const vague = { status: 'refused', cause: 'other', reason: 'hm', isVague: true } as const;
	async function confirm(
		refusal: typeof vague | Omit<typeof vague, 'isVague'>,
		...records: LookupOutcome[]
	) {
		const asked: number[] = [];
		const pauses: number[] = [];
		const outcome = await confirmRefusal(
			refusal,
			async (timeoutMs) => {
				asked.push(timeoutMs);
				return records[asked.length - 1] ?? { status: 'unknown', reason: 'not expected' };
			},
			async (ms) => {
				pauses.push(ms);
			},
		);
		return { outcome, asked, pauses };
	}

	it.each([{ status: 'notFound' }, failed] as const)(
		'is asked about again after a second, where the record is an end: %j',
		async (record) => {
			const under = { status: 'pending', reason: 'on its way' } as const;
			expect(await confirm(vague, record, under)).toEqual({
				outcome: under,
				asked: [10_000, 10_000],
				pauses: [1_000],
			});
		},
	);

	it('is believed when the record has not changed', async () => {
		const { outcome } = await confirm(vague, { status: 'notFound' }, { status: 'notFound' });
		expect(outcome).toEqual({ status: 'notSent', cause: 'other', reason: 'hm' });
	});

	it('is asked about once where the record is no end, or the words are known', async () => {
		const under = { status: 'pending', reason: 'on its way' } as const;
		expect((await confirm(vague, under)).asked).toEqual([10_000]);
		const { isVague: _, ...clear } = vague;
		expect(await confirm(clear, { status: 'notFound' })).toMatchObject({
			asked: [10_000],
			pauses: [],
		});
	});

	it('is asked about once where nobody can wait', async () => {
		const lookup = jest.fn(async () => ({ status: 'notFound' }) as const);
		expect(await confirmRefusal(vague, lookup)).toMatchObject({ status: 'notSent' });
		expect(lookup).toHaveBeenCalledTimes(1);
	});
});

describe('the cause of words', () => {
	const causes = [
		[/poor/, 'balance'],
		[/o/, 'noRoute'],
	] as const;

	it.each([
		['too poor', 'balance'],
		['no', 'noRoute'],
		['x', 'other'],
		[`${'x'.repeat(996)}poor`, 'balance'],
		[`${'x'.repeat(997)}poor`, 'noRoute'],
		[`${'x'.repeat(1_000)}poor`, 'other'],
	])('is the first that fits, within a thousand characters', (words, cause) => {
		expect(causeOf(words, causes)).toBe(cause);
	});
});
