import { runInThisContext } from 'node:vm';
import { reportOf } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, type Scene } from './scene';

const CAP_30 = { maxPerDaySat: 30 };
const DAY_MS = 24 * 60 * 60 * 1_000;

const listCalls = (scene: Scene) =>
	scene.sandbox.wallet.requests.filter(
		({ method, path }) => method === 'GET' && path === '/api/v1/payments',
	);

function codesOf(items: ReadonlyArray<{ json: Record<string, unknown> }>): string[] {
	return items.map(({ json }) => (json.error as { code?: string } | undefined)?.code ?? 'bought');
}

/** Buys ten pictures of 5 sats with *Continue On Fail* and says how each ended. */
async function buyTen(scene: Scene, options: object = {}, credential: object = CAP_30) {
	const { items } = await scene.run({
		items: photos(10),
		credential,
		options: { ...options },
		settings: CONTINUE,
	});
	return items;
}

describe('a cap per day', () => {
	it.concurrent.each([
		['one after the other', { concurrency: 1 }, 0, 4, 20_000],
		['five at once', { concurrency: 5 }, 0, 4, 20_000],
		// 6 sats each, and 15 are needed to begin one.
		['with routing fees', { concurrency: 3 }, 1_000, 3, 18_000],
		['with a low limit for fees', { concurrency: 3, maxFeeSat: 2 }, 1_000, 4, 24_000],
	])(
		'of 30 sats lets no more than 30 leave: %s',
		async (_how, options, routingFeeMsat, bought, spentMsat) => {
			await inScene({ routingFeeMsat }, async (scene) => {
				const items = await buyTen(scene, options);
				const codes = codesOf(items);
				expect(codes.filter((code) => code === 'bought')).toHaveLength(bought);
				expect(codes.filter((code) => code === 'DAY_LIMIT_REACHED')).toHaveLength(10 - bought);
				expect(scene.spentMsat).toBe(spentMsat);
			});
		},
	);

	it.concurrent('is told with what is spent, the limit and the time', async () => {
		await inScene({}, async (scene) => {
			const before = Date.now();
			const items = await buyTen(scene, { concurrency: 1 });
			expect(items[3]?.json.payment).toMatchObject({ spentTodaySat: 20, limitTodaySat: 30 });
			const report = reportOf(items[4]);
			expect(report).toMatchObject({ code: 'DAY_LIMIT_REACHED', spent: 'no' });
			expect(report.message).toMatch(/20 of 30 sats/);
			const free = Date.parse(/free at (\S+Z)\./.exec(report.hint)?.[1] ?? '');
			expect(free).toBeGreaterThanOrEqual(before + DAY_MS);
			expect(free).toBeLessThanOrEqual(Date.now() + DAY_MS);
		});
	});

	it.concurrent('holds for other processes and after a restart', async () => {
		await inScene({}, async (scene) => {
			const earlier = scene.node;
			await buyTen(scene);
			scene.restart();
			expect(codesOf(await buyTen(scene))).toEqual(Array(10).fill('DAY_LIMIT_REACHED'));
			scene.node = earlier;
			expect(codesOf(await buyTen(scene))).toEqual(Array(10).fill('DAY_LIMIT_REACHED'));
			expect(scene.spentMsat).toBe(20_000);
		});
	});

	it.concurrent('counts what another process has paid since it last asked', async () => {
		await inScene({}, async (scene) => {
			const one = scene.node;
			const call = { credential: CAP_30, options: { maxFeeSat: 2 }, settings: CONTINUE };
			await scene.run({ ...call, items: photos(1) });
			scene.restart();
			const other = await scene.run({ ...call, items: photos(10).slice(1) });
			expect(codesOf(other.items).filter((code) => code === 'bought')).toHaveLength(4);
			scene.node = one;
			await new Promise((resolve) => setTimeout(resolve, 1_100));
			expect(codesOf((await scene.run({ ...call, items: [photo('another')] })).items)).toEqual([
				'DAY_LIMIT_REACHED',
			]);
		});
	});

	it.concurrent('counts what others pay from the same wallet', async () => {
		await inScene({}, async (scene) => {
			await buyTen(scene, {}, { maxPerDaySat: 0 });
			expect(scene.spentMsat).toBe(50_000);
			const report = await scene.failure({ credential: CAP_30, items: [photo('one more')] });
			expect(report).toMatchObject({ code: 'DAY_LIMIT_REACHED', spent: 'no' });
			expect(report.message).toMatch(/50 of 30 sats/);
		});
	});

	it.concurrent('is asked for once in a while, not for each purchase', async () => {
		await inScene({}, async (scene) => {
			const credential = { maxPerDaySat: 1_000 };
			const items = await buyTen(scene, {}, credential);
			expect(codesOf(items)).toEqual(Array(10).fill('bought'));
			expect(listCalls(scene)).toHaveLength(1);
			expect(items[9]?.json.payment).toMatchObject({ limitTodaySat: 1000 });
		});
	});

	it.concurrent.each([
		['a credential of before', {}],
		['a credential with 0', { maxPerDaySat: 0 }],
		['a credential with 0 as text', { maxPerDaySat: '0' }],
	])('asks for nothing without one: %s', async (_how, credential) => {
		await inScene({}, async (scene) => {
			const { items } = await scene.run({ credential });
			const { payment } = items[0]?.json ?? {};
			expect(payment).not.toHaveProperty('spentTodaySat');
			expect(payment).not.toHaveProperty('limitTodaySat');
			expect(scene.sandbox.wallet.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
				'GET /api/v1/payments/fee-reserve',
				'POST /api/v1/payments',
			]);
		});
	});

	it.concurrent.each([
		['is empty', ''],
		['is null', null],
		['is below zero', -1],
		['is no number', 'many'],
		['rounds to nothing', 0.0001],
	])('that %s pays nothing', async (_how, wrong) => {
		await inScene({}, async (scene) => {
			const maxPerDaySat = wrong as string;
			const report = await scene.failure({ credential: { maxPerDaySat } });
			expect(report).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(report.message).toMatch(/Max per Day/);
			scene.expectNoRequests();
		});
	});

	it.concurrent.each([
		['unauthorized', { kind: 'unauthorized' }, 'WALLET_UNAUTHORIZED', /it takes the admin key/],
		['a 403', { kind: 'status', status: 403 }, 'WALLET_UNAUTHORIZED', /it takes the admin key/],
		['a 500', { kind: 'status', status: 500 }, 'WALLET_UNREACHABLE', /does not tell/],
		['a cut', { kind: 'cut' }, 'WALLET_UNREACHABLE', /does not tell/],
		['a page', { kind: 'html' }, 'WALLET_UNREACHABLE', /does not tell/],
		['nothing', { kind: 'empty' }, 'WALLET_UNREACHABLE', /does not tell/],
	] as const)('pays nothing where the wallet answers with %s', async (_how, fault, code, words) => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'list', fault });
			const report = await scene.failure({ credential: CAP_30 });
			expect(report).toMatchObject({ code, spent: 'no' });
			expect(report.message).toMatch(words);
			expect(scene.payCalls).toEqual([]);
			scene.sandbox.faults.clear();
			const { items } = await scene.run({ credential: CAP_30 });
			expect(codesOf(items)).toEqual(['bought']);
		});
	});

	it.concurrent('counts no payment that failed, and what is unknown with its limit', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'noRoute' }, times: 5 });
			const failed = await scene.run({
				items: photos(5),
				credential: CAP_30,
				settings: CONTINUE,
			});
			expect(codesOf(failed.items)).toEqual(Array(5).fill('PAYMENT_FAILED'));
			scene.sandbox.faults.push({
				at: 'pay',
				fault: { kind: 'pending', lookups: 1_000 },
				times: 1,
			});
			const unknown = await scene.run({
				items: [photo('unknown')],
				credential: CAP_30,
				options: { paymentTimeout: 1 },
				settings: CONTINUE,
			});
			expect(codesOf(unknown.items)).toEqual(['PAYMENT_UNKNOWN']);
			const { items } = await scene.run({ items: [photo('more')], credential: CAP_30 });
			expect(items[0]?.json.payment).toMatchObject({ spentTodaySat: 20 });
		});
	});

	it.concurrent('counts an earlier payment that is sent again once', async () => {
		await inScene({}, async (scene) => {
			const call = { credential: { maxPerDaySat: 15 }, options: { paymentTimeout: 2 } };
			// The pay call never reached the wallet, which nobody knows.
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' }, times: 1 });
			scene.sandbox.faults.push({ at: 'lookup', fault: { kind: 'cut' }, times: 20 });
			const first = await scene.failure(call);
			expect(first).toMatchObject({ code: 'PAYMENT_UNKNOWN' });
			scene.sandbox.faults.clear();
			const again = await scene.run(call);
			expect(codesOf(again.items)).toEqual(['bought']);
			expect(again.items[0]?.json.payment).toMatchObject({ spentTodaySat: 5 });
		});
	});

	it.concurrent('holds for quotes too, and counts one that is paid again once', async () => {
		await inScene({}, async (scene) => {
			const credential = { maxPerDaySat: 17 };
			const options = { maxFeeSat: 2 };
			const quotes: Array<{ readonly mark: string; readonly quote: unknown }> = [];
			for (const mark of ['a', 'b', 'c']) {
				const { items } = await scene.run({
					items: [photo(mark)],
					parameters: { payment: 'invoiceOnly' },
				});
				quotes.push({ mark, quote: items[0]?.json.payment });
			}
			const pay = async ({ mark, quote }: (typeof quotes)[number]) => {
				const { items } = await scene.run({
					items: [photo(mark)],
					credential,
					options,
					parameters: { payment: 'payQuote', quote: JSON.stringify(quote) },
					settings: CONTINUE,
				});
				return items[0]?.json ?? {};
			};
			const [a, b, c] = quotes;
			if (a === undefined || b === undefined || c === undefined) throw new Error('no quotes');
			const limits = { spentTodaySat: 5, limitTodaySat: 17 };
			expect(await pay(a)).toMatchObject({ payment: limits });
			// The sandbox serves a payment once; it is not made again.
			expect(await pay(a)).toMatchObject({ error: { spent: 'yes' } });
			expect(await pay(b)).toMatchObject({ payment: { spentTodaySat: 10 } });
			expect(await pay(c)).toMatchObject({ payment: { spentTodaySat: 15 } });
			const { items } = await scene.run({
				items: [photo('d')],
				credential,
				options,
				settings: CONTINUE,
			});
			expect(codesOf(items)).toEqual(['DAY_LIMIT_REACHED']);
			expect(scene.spentMsat).toBe(15_000);
		});
	});

	it.concurrent('keeps no stopped run waiting for the payments of others', async () => {
		await inScene({}, async (scene) => {
			const call = { credential: { maxPerDaySat: 20 }, options: { paymentTimeout: 10 } };
			scene.sandbox.faults.push({
				at: 'pay',
				fault: { kind: 'pending', lookups: 1_000 },
				times: 1,
			});
			const holding = scene.start({ ...call, items: [photo('held')] });
			while (scene.payCalls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
			const waiting = scene.start({ ...call, items: [photo('waits')] });
			while (scene.paidRequests(false).length < 2) {
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			await new Promise((resolve) => setTimeout(resolve, 300));
			waiting.stop();
			const stoppedAt = performance.now();
			await waiting.settled;
			expect(performance.now() - stoppedAt).toBeLessThan(3_000);
			expect(scene.payCalls).toHaveLength(1);
			holding.stop();
			await holding.settled;
		});
	});
});

describe('a cap per day, as time goes by', () => {
	let time = 0;
	// The built node lives in the process's own realm, the sandbox and this test in Jest's.
	const clocks = [Date, runInThisContext('Date') as DateConstructor];
	const realNow = Date.now;

	beforeEach(() => {
		time = 0;
		for (const clock of clocks) clock.now = () => realNow() + time;
	});

	afterEach(() => {
		for (const clock of clocks) clock.now = realNow;
	});

	test('is free again after 24 hours, sats by sats, in any time zone', async () => {
		const zone = process.env.TZ;
		try {
			for (const place of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
				process.env.TZ = place;
				time = 0;
				await inScene({}, async (scene) => {
					const one = async (mark: string) =>
						codesOf(
							(
								await scene.run({
									items: [photo(mark)],
									credential: { maxPerDaySat: 20 },
									settings: CONTINUE,
								})
							).items,
						)[0];
					expect(await one('a')).toBe('bought');
					time += 12 * 60 * 60 * 1_000;
					expect(await one('b')).toBe('bought');
					expect(await one('c')).toBe('DAY_LIMIT_REACHED');
					time += 11 * 60 * 60 * 1_000;
					expect(await one('d')).toBe('DAY_LIMIT_REACHED');
					time += 60 * 60 * 1_000;
					expect(await one('e')).toBe('bought');
					expect(await one('f')).toBe('DAY_LIMIT_REACHED');
					scene.restart();
					expect(await one('g')).toBe('DAY_LIMIT_REACHED');
					time += 24 * 60 * 60 * 1_000;
					expect(await one('h')).toBe('bought');
				});
			}
		} finally {
			if (zone === undefined) delete process.env.TZ;
			else process.env.TZ = zone;
		}
	});
});
