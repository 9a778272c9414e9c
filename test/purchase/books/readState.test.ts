import { readState, sumOf } from '../../../nodes/Sats4Ai/purchase/books/readState';
import { DIGEST, mint } from '../openPurchases';
import { throwing } from './throwing';

const KEY = 'a1'.repeat(8);

describe('saved books', () => {
	const { text: invoice, paymentHash } = mint();
	const purchase = { digest: DIGEST, itemIndex: 0, token: 'QUJD', invoice };
	const empty = { family: '', spentMsat: '0', spent: {}, open: {}, delivered: {} };

	it('are none where nothing was saved', () => {
		expect(readState(undefined)).toBeNull();
		expect(readState(null)).toBeNull();
	});

	it('are empty in whatever is none', () => {
		for (const saved of ['text', 5, [], throwing, { open: throwing, spent: throwing }]) {
			expect(readState(saved)).toEqual({ state: empty, dropped: ['spentMsat'] });
		}
	});

	it('are read as they were written', () => {
		const item = { json: {} };
		const read = readState({
			family: KEY,
			spentMsat: '12',
			spent: { [KEY]: '12' },
			open: { any: purchase },
			delivered: { 4: { digest: DIGEST, item } },
		});
		expect(read).toEqual({
			state: {
				family: KEY,
				spentMsat: '12',
				spent: { [KEY]: '12' },
				open: { [paymentHash]: expect.objectContaining({ paymentHash, status: 'paying' }) },
				delivered: { 4: { digest: DIGEST, item } },
			},
			dropped: [],
		});
	});

	it('lose what cannot be read, and nothing beside it', () => {
		const read = readState({
			family: `${KEY}0`,
			spentMsat: '5',
			spent: { [KEY]: '5', short: '1', [`${KEY}00`]: '1', ['b2'.repeat(8)]: -1 },
			open: { good: purchase, bad: {}, 'odd key!': 5 },
			delivered: {
				0: { digest: DIGEST, item: {} },
				1: { digest: DIGEST, item: 'x' },
				2: { digest: DIGEST, item: null },
				3: { item: {} },
				'-1': { digest: DIGEST, item: {} },
				x: { digest: DIGEST, item: {} },
				9: null,
			},
		});
		expect(read?.state).toEqual({
			...empty,
			spentMsat: '5',
			spent: { [KEY]: '5' },
			open: { [paymentHash]: expect.anything() },
			delivered: { 0: { digest: DIGEST, item: {} } },
		});
		expect([...(read?.dropped ?? [])].sort()).toEqual([
			'delivered -1',
			'delivered 1',
			'delivered 2',
			'delivered 3',
			'delivered 9',
			'delivered x',
			'open bad',
			'open odd?key?',
			`spent ${KEY}00`,
			`spent ${'b2'.repeat(8)}`,
			'spent short',
		]);
	});

	it('hold nothing in parts that are none', () => {
		const parts = { open: 'text', spent: 'text', delivered: null };
		expect(readState({ spentMsat: '0', ...parts })).toEqual({ state: empty, dropped: [] });
	});

	it('name what was dropped in 64 characters', () => {
		expect(readState({ spentMsat: '0', open: { ['k'.repeat(65)]: 5 } })?.dropped).toEqual([
			`open ${'k'.repeat(64)}`,
		]);
	});

	it('are read up to a million characters an entry', () => {
		const padded = (length: number) => ({ ...purchase, more: 'x'.repeat(length) });
		const rest = JSON.stringify(padded(0)).length;
		const read = (length: number) =>
			Object.keys(readState({ open: { a: padded(length) } })?.state.open ?? {}).length;
		expect([read(1_000_000 - rest), read(1_000_001 - rest)]).toEqual([1, 0]);
	});

	it('in doubt say that more was spent', () => {
		const other = '0'.repeat(16);
		const spent = (state: object) => readState(state)?.state.spent;
		expect(spent({ spentMsat: '7' })).toEqual({ [other]: '7' });
		expect(spent({ spentMsat: '7', spent: { [KEY]: '5' } })).toEqual({ [KEY]: '5', [other]: '2' });
		expect(spent({ spentMsat: '7', spent: { [other]: '5' } })).toEqual({ [other]: '7' });
		expect(spent({ spentMsat: '4', spent: { [KEY]: '5' } })).toEqual({ [KEY]: '5' });
		expect(spent({ spentMsat: 'x', spent: { [KEY]: '5' } })).toEqual({ [KEY]: '5' });
		expect(readState({ spentMsat: '4', spent: { [KEY]: '5' } })?.state.spentMsat).toBe('5');
		expect([sumOf({}), sumOf({ a: '1', b: '2' })]).toEqual([0n, 3n]);
	});

	it('hold what is their own, and nothing inherited', () => {
		const saved: unknown = Object.create({ spentMsat: '5', family: KEY });
		expect(readState(saved)).toEqual({ state: empty, dropped: ['spentMsat'] });
	});
});
