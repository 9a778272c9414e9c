import fc from 'fast-check';
import type { Http, HttpRequest } from '../../nodes/Sats4Ai/l402/http';
import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import { readTime, type Spending } from '../../nodes/Sats4Ai/wallets/spending';
import { randomRuns } from '../depth';
import { NO_SETTINGS } from './emulators/emulated';
import { mint } from './emulators/mint';

const NOW = Date.UTC(2026, 9, 25, 12);
const DAY_MS = 24 * 60 * 60 * 1_000;
const S = NOW / 1000;
const HASH = 'ab'.repeat(32);

const SETTINGS = {
	cln: { ...NO_SETTINGS, wallet: 'cln', url: 'http://wallet', rune: 'rune' },
	lnbits: { ...NO_SETTINGS, wallet: 'lnbits', url: 'http://wallet', adminKey: 'key' },
	lnd: { ...NO_SETTINGS, wallet: 'lnd', url: 'http://wallet', macaroon: 'ab'.repeat(20) },
	phoenixd: { ...NO_SETTINGS, wallet: 'phoenixd', url: 'http://wallet', password: 'word' },
} as const;
type Name = keyof typeof SETTINGS;

/** Asks a wallet that gives these answers, one after the other, the last one for ever. */
async function ask(
	name: Name,
	bodies: readonly unknown[],
	status = name === 'cln' ? 201 : 200,
): Promise<{ spending: Spending; asked: HttpRequest[] }> {
	const asked: HttpRequest[] = [];
	const http: Http = async (request) => {
		const body = bodies[Math.min(asked.length, bodies.length - 1)];
		asked.push(request);
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return { kind: 'answer', status, headers: {}, body: Buffer.from(text) };
	};
	const ports = { http, sleep: async () => undefined, now: () => NOW, elapsedMs: () => 0 };
	const question = { sinceAt: NOW - DAY_MS, timeoutMs: 10_000, bookmark: null };
	return { spending: await connectWallet(SETTINGS[name], ports).spentSince(question), asked };
}

/** Asks a wallet that has these rows, of which it gives `most` at once. */
async function askFor(name: Name, rows: readonly object[], most: number, query: typeof asPage) {
	const asked: HttpRequest[] = [];
	const http: Http = async (request) => {
		asked.push(request);
		const body = query(rows, new URL(request.url).searchParams, most);
		return { kind: 'answer', status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) };
	};
	const ports = { http, sleep: async () => undefined, now: () => NOW, elapsedMs: () => 0 };
	const question = { sinceAt: NOW - DAY_MS, timeoutMs: 10_000, bookmark: null };
	const spending = await connectWallet(SETTINGS[name], ports).spentSince(question);
	const told = spending.status === 'told' ? spending.outflows : [];
	const ids = new Set(told.filter(({ at }) => at >= NOW - DAY_MS).map(({ id }) => id));
	return { spending, asked, within: ids.size };
}

function asPage(rows: readonly object[], query: URLSearchParams, most: number): unknown {
	const offset = Number(query.get('offset') ?? 0);
	return rows.slice(offset, offset + Math.min(most, Number(query.get('limit') ?? 10)));
}

/** Of LND, from the newest one backwards. */
function lndPage(rows: readonly object[], query: URLSearchParams, most: number): unknown {
	const before = Number(query.get('index_offset'));
	const end = before === 0 ? rows.length : before - 1;
	const begin = Math.max(0, end - Math.min(most, Number(query.get('max_payments'))));
	const payments = rows.slice(begin, end);
	return { payments, first_index_offset: payments.length === 0 ? '0' : `${begin + 1}` };
}

const hashOf = (index: number) => index.toString(16).padStart(64, '0');
const many = <T>(count: number, make: (index: number) => T) =>
	Array.from({ length: count }, (_nothing, index) => make(index));

describe('lists that are not as was asked for', () => {
	const lnbitsRow = (index: number, agoMs: number) => ({
		payment_hash: hashOf(index),
		amount: -5_000,
		fee: 0,
		status: 'success',
		time: new Date(NOW - agoMs).toISOString(),
	});
	const phoenixdRow = (index: number, agoMs: number) => ({
		paymentHash: hashOf(index),
		isPaid: true,
		sent: 5,
		fees: 0,
		createdAt: NOW - agoMs,
		completedAt: NOW - agoMs,
	});
	const lndRow = (index: number, agoMs: number) => ({
		payment_hash: hashOf(index),
		value_msat: '5000',
		fee_msat: '0',
		status: 'SUCCEEDED',
		creation_time_ns: `${NOW - agoMs}000000`,
	});
	const HOUR_MS = DAY_MS / 24;

	test.each([10, 20, 50, 99, 1_000])('pages of %d rows are no end', async (most) => {
		const newest = many(250, (index) => lnbitsRow(index, index * 1_000));
		expect(await askFor('lnbits', newest, most, asPage)).toMatchObject({ within: 250 });
		const oldest = many(250, (index) => phoenixdRow(index, (250 - index) * 1_000));
		expect(await askFor('phoenixd', oldest, most, asPage)).toMatchObject({ within: 250 });
		const lnd = many(250, (index) => lndRow(index, (250 - index) * 1_000));
		expect(await askFor('lnd', lnd, most, lndPage)).toMatchObject({ within: 250 });
	});

	test.each(['lnbits', 'phoenixd'] as const)('%s without pages is no sum', async (name) => {
		const row = name === 'lnbits' ? lnbitsRow : phoenixdRow;
		const page = many(100, (index) => row(index, 1_000));
		const full = await askFor(name, page, 100, () => page);
		expect(full.spending).toMatchObject({ status: 'unavailable' });
		const all = page.slice(0, 30);
		expect(await askFor(name, all, 100, () => all)).toMatchObject({ within: 30 });
	});

	test('the oldest first is read to the newest', async () => {
		const old = many(200, (index) => lnbitsRow(index, 10 * DAY_MS - index * 1_000));
		const recent = many(30, (index) => lnbitsRow(500 + index, HOUR_MS - index));
		const { within } = await askFor('lnbits', [...old, ...recent], 100, asPage);
		expect(within).toBe(30);
	});

	test('one odd time among others ends nothing', async () => {
		const agoMs = (index: number) => (index === 95 || index === 99 ? 9 * DAY_MS : HOUR_MS);
		const newest = many(250, (index) => lnbitsRow(index, agoMs(index)));
		expect(await askFor('lnbits', newest, 100, asPage)).toMatchObject({ within: 248 });
		const lnd = many(250, (index) => lndRow(index, agoMs(249 - index)));
		expect(await askFor('lnd', lnd, 100, lndPage)).toMatchObject({ within: 248 });
	});

	test('what lies behind the window is not read through', async () => {
		const long = many(5_000, (index) => lnbitsRow(index, index * HOUR_MS));
		expect((await askFor('lnbits', long, 100, asPage)).asked).toHaveLength(1);
		const lnd = many(5_000, (index) => lndRow(index, (5_000 - index) * HOUR_MS));
		expect((await askFor('lnd', lnd, 100, lndPage)).asked).toHaveLength(1);
	});
});

async function outflows(name: Name, ...bodies: unknown[]) {
	const { spending } = await ask(name, bodies);
	return spending.status === 'told' ? spending.outflows : spending.reason;
}

test.each([
	[S, NOW],
	[String(S), NOW],
	[S + 0.5, NOW + 500],
	[NOW, NOW],
	[String(NOW), NOW],
	[`${NOW}000000`, NOW],
	['2026-10-25T12:00:00+00:00', NOW],
	['2026-10-25T12:00:00.123456+00:00', NOW + 123],
	['2026-10-25T12:00:00Z', NOW],
	['2026-10-25T14:00:00+02:00', NOW],
	['2026-10-25T07:00:00.5-0500', NOW + 500],
	['2026-10-25 12:00:00', NOW],
	['2026-10-25 12:00:00+00', NOW],
	['2026-10-25 14:00:00.5+02', NOW + 500],
	[`${NOW}000`, NOW],
	['2026-10-25T12:00:00.123456', NOW + 123],
	[0, null],
	['0', null],
	[-5, null],
	['', null],
	['yesterday', null],
	['2026-99-99T12:00:00Z', null],
	[null, null],
	[{}, null],
])('the time %j', (value, at) => {
	expect(readTime(value)).toBe(at);
});

describe('LNbits', () => {
	const row = { payment_hash: HASH, amount: -5_000, fee: -1_000, status: 'success' };
	const paid = { id: HASH, amountMsat: 5_000n, feeMsat: 1_000n, isUnderWay: false, at: NOW };

	test.each([
		['1.x', { ...row, time: '2026-10-25T12:00:00+00:00' }, paid],
		['0.12', { ...row, status: undefined, pending: false, time: S }, paid],
		[
			'0.12, under way',
			{ ...row, status: undefined, pending: true, time: S },
			{ ...paid, isUnderWay: true },
		],
		['under way', { ...row, status: 'pending', time: S }, { ...paid, isUnderWay: true }],
		['a state of later', { ...row, status: 'paused', time: S }, { ...paid, isUnderWay: true }],
		['no `time`', { ...row, created_at: S }, paid],
		['without a fee', { ...row, fee: undefined, time: S }, { ...paid, feeMsat: null }],
		['a fee above zero', { ...row, fee: 1_000, time: S }, paid],
	])('%s', async (_form, given, outflow) => {
		expect(await outflows('lnbits', [given])).toEqual([outflow]);
	});

	test('what comes in and what failed does not count', async () => {
		const rows = [
			{ ...row, amount: 5_000, time: S },
			{ ...row, status: 'failed', time: S },
		];
		expect(await outflows('lnbits', rows)).toEqual([]);
	});

	test.each([
		['without an amount', { ...row, amount: undefined, time: S }],
		['with half an amount', { ...row, amount: '5.5', time: S }],
		['without a time', row],
		['without a name', { ...row, payment_hash: '', time: S }],
	])('a payment %s makes the list no sum', async (_what, given) => {
		expect(await outflows('lnbits', [given])).toMatch(/cannot be read/);
	});
});

describe('LND', () => {
	const payment = {
		payment_hash: HASH,
		value_msat: '5000',
		fee_msat: '1000',
		creation_time_ns: `${NOW}000000`,
		status: 'SUCCEEDED',
	};
	const page = (payments: unknown[], first: string) => ({ payments, first_index_offset: first });

	test('an account of LiT is shown pages without its own payments, and more after them', async () => {
		const { spending, asked } = await ask('lnd', [
			page([], '300'),
			page([payment], '200'),
			page([], '0'),
		]);
		expect(spending).toMatchObject({ status: 'told', outflows: [{ id: HASH }] });
		expect(asked.map(({ url }) => url.includes('creation_date_start'))).toEqual([
			false,
			true,
			true,
		]);
	});

	test('the first page without any date, and no second one behind the window', async () => {
		const old = { ...payment, creation_time_ns: `${NOW - 2 * DAY_MS}000000` };
		const { asked } = await ask('lnd', [page([old, payment], '7')]);
		expect(asked).toHaveLength(1);
	});

	test('a list that goes round in circles ends', async () => {
		const { asked } = await ask('lnd', [page([payment], '7')]);
		expect(asked.length).toBeLessThanOrEqual(2);
	});

	test.each(['IN_FLIGHT', 'INITIATED', 'UNHEARD_OF'])('%s is under way', async (status) => {
		const flows = await outflows('lnd', page([{ ...payment, status, fee_msat: '0' }], '1'));
		expect(flows).toMatchObject([{ isUnderWay: true, feeMsat: null }]);
	});

	test.each([{}, { error: { code: 2, message: 'x' } }, { payments: null }, { payments: {} }])(
		'%j is no list',
		async (body) => {
			expect(await outflows('lnd', body)).toMatch(/cannot be read/);
		},
	);

	test('the place of a payment says where the next page begins, where nothing else does', async () => {
		const payments = many(100, (index) => ({ ...payment, payment_index: `${index + 101}` }));
		const { asked } = await ask('lnd', [{ payments }, page([], '0')]);
		expect(asked[1]?.url).toContain('index_offset=101');
		const without = many(100, () => payment);
		expect(await outflows('lnd', { payments: without })).toMatch(/cannot be read/);
	});

	test('without its milliseconds it cannot be added up', async () => {
		expect(await outflows('lnd', page([{ ...payment, value_msat: null }], '1'))).toMatch(/read/);
	});
});

describe('Core Lightning', () => {
	const pay = {
		payment_hash: HASH,
		status: 'complete',
		created_at: S,
		amount_msat: 5_000,
		amount_sent_msat: 6_000,
		created_index: 1,
	};

	test('amounts of 2023', async () => {
		const old = { ...pay, amount_msat: '5000msat', amount_sent_msat: '6000msat' };
		expect(await outflows('cln', { pays: [old] })).toMatchObject([
			{ amountMsat: 5_000n, feeMsat: 1_000n },
		]);
	});

	test('between two attempts the invoice says what is going to leave', async () => {
		const { text } = mint(7_000n);
		const waiting = { ...pay, status: 'pending', bolt11: text, amount_msat: undefined };
		const flows = await outflows('cln', { pays: [{ ...waiting, amount_sent_msat: 0 }] });
		expect(flows).toMatchObject([{ amountMsat: 7_000n, isUnderWay: true }]);
	});

	test('a rune that is over its rate is asked again later', async () => {
		const { spending } = await ask('cln', [{ message: 'Not permitted: rate is exceeded' }], 401);
		expect(spending).toMatchObject({ status: 'unavailable', cause: 'budget' });
	});
});

describe('phoenixd', () => {
	const row = {
		type: 'outgoing_payment',
		subType: 'lightning',
		paymentHash: HASH,
		isPaid: true,
		sent: 9,
		fees: 4_020,
		createdAt: NOW - 1_000,
		completedAt: NOW,
	};

	test.each([
		['paid', row, { amountMsat: 5_000n, feeMsat: 4_020n, isUnderWay: false, at: NOW }],
		[
			'under way: its fee is known before',
			{ ...row, isPaid: false, completedAt: undefined, sent: 5, fees: 0 },
			{ amountMsat: 5_000n, feeMsat: 4_020n, isUnderWay: true },
		],
		[
			'on-chain: it left when it was made',
			{ ...row, paymentHash: undefined, paymentId: 'x', subType: 'splice_out', sent: 900, fees: 0 },
			{ id: 'x', amountMsat: 900_000n, at: NOW - 1_000 },
		],
	])('%s', async (_what, given, outflow) => {
		expect(await outflows('phoenixd', [given])).toMatchObject([outflow]);
	});
});

test.each(Object.keys(SETTINGS) as Name[])('%s never throws, and ends', async (name) => {
	const row = fc.dictionary(
		fc.constantFrom('amount', 'status', 'time', 'payment_hash', 'created_at', 'value_msat', 'sent'),
		fc.oneof(fc.constantFrom(HASH, S, -5_000, '5000', 'pending', null), fc.jsonValue()),
	);
	const body = fc.oneof(
		fc.jsonValue(),
		fc.array(row),
		fc.array(row, { minLength: 100, maxLength: 120 }),
		fc.record({ payments: fc.array(row), first_index_offset: fc.jsonValue() }),
		fc.record({ pays: fc.array(row) }),
		fc.string(),
	);
	await fc.assert(
		fc.asyncProperty(body, fc.constantFrom(200, 201, 400, 401, 404, 500), async (given, status) => {
			const { spending, asked } = await ask(name, [given], status);
			expect(['told', 'unavailable']).toContain(spending.status);
			expect(asked.length).toBeLessThanOrEqual(100);
		}),
		{ numRuns: randomRuns(300) },
	);
});
