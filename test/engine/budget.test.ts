import { times } from '../depth';
import { reportOf, serialOf, thrownReport } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, RETRY } from './scene';

/** More than any of the budgets below is enough for. */
const MANY = times(100, 45);

function about(mark: string) {
	const image = photo(mark).binary?.data?.data ?? '';
	return ({ body }: { readonly body: Buffer }) => body.includes(image);
}

describe('the budget of an execution', () => {
	it.concurrent.each([
		// While a payment is under way it holds 5 + 10 sats: the last begins at 185.
		['of 200 sats', {}, 0, 38, 190_000],
		['with routing fees', {}, 1000, 31, 186_000],
		// 5 + 2 sats: the last begins at 190.
		['with a lower limit for fees', { maxFeeSat: 2 }, 0, 39, 195_000],
		['that comes as text', { maxTotalSat: '={{ "200" }}', maxFeeSat: '2' }, 0, 39, 195_000],
	])(
		`%s holds for ${MANY} items, 5 at once`,
		async (_name, options, routingFeeMsat, bought, spentMsat) => {
			await inScene({ routingFeeMsat }, async (scene) => {
				const { items } = await scene.run({
					items: photos(MANY),
					options: { maxTotalSat: 200, concurrency: 5, ...options },
					settings: CONTINUE,
				});
				expect(items).toHaveLength(MANY);
				const failed = items.filter(({ json }) => 'error' in json);
				expect(failed).toHaveLength(MANY - bought);
				for (const item of failed) {
					expect(reportOf(item)).toMatchObject({ code: 'BUDGET_EXCEEDED', spent: 'no' });
				}
				expect(scene.payCalls).toHaveLength(bought);
				expect(scene.spentMsat).toBe(spentMsat);
			});
		},
	);

	it.concurrent('stops the run without Continue On Fail, and what was bought stays', async () => {
		await inScene({}, async (scene) => {
			const outcome = await scene.run({
				items: photos(10),
				options: { maxTotalSat: 30, concurrency: 1 },
				settings: { ...RETRY, maxTries: 3 },
			});
			expect(thrownReport(outcome).code).toBe('BUDGET_EXCEEDED');
			expect(outcome.error?.context).toMatchObject({ itemIndex: 4 });
			// The first try bought four; the others bought nothing, not even the same four again.
			expect(scene.spentMsat).toBe(20_000);
			expect(scene.payCalls).toHaveLength(4);
		});
	});

	it.concurrent('goes on in a Retry of the failed execution', async () => {
		await inScene({}, async (scene) => {
			const call = { items: photos(10), options: { maxTotalSat: 30, concurrency: 1 } };
			const first = await scene.run(call);
			expect(scene.spentMsat).toBe(20_000);
			scene.restart();
			const retry = await scene.run({ ...call, contextData: first.contextData });
			expect(thrownReport(retry).code).toBe('BUDGET_EXCEEDED');
			expect(scene.spentMsat).toBe(20_000);
			const anew = await scene.run({ ...call, items: photos(4) });
			expect(anew.error).toBeUndefined();
		});
	});

	it.concurrent('gets back what a payment reserved that failed', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'noRoute' }, times: 3 });
			const { items } = await scene.run({
				items: photos(5),
				options: { maxTotalSat: 15, concurrency: 5 },
				settings: CONTINUE,
			});
			const codes = items.map(({ json }) => (json.error as { code?: string } | undefined)?.code);
			expect(codes.filter((code) => code === 'PAYMENT_FAILED')).toHaveLength(3);
			expect(codes.filter((code) => code === undefined)).toHaveLength(1);
			expect(codes.filter((code) => code === 'BUDGET_EXCEEDED')).toHaveLength(1);
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent('keeps what a payment reserved that nobody knows the end of', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' } });
			const call = {
				items: [photo('a'), photo('b')],
				options: { maxTotalSat: 15, concurrency: 1, paymentTimeout: 4 },
				settings: CONTINUE,
			};
			const first = await scene.run(call);
			expect(first.items.map((item) => reportOf(item).code)).toEqual([
				'PAYMENT_UNKNOWN',
				'BUDGET_EXCEEDED',
			]);
			scene.restart();
			const second = await scene.run({ ...call, contextData: first.contextData });
			expect(serialOf(second.items[0])).toBe(1);
			expect(reportOf(second.items[1]).code).toBe('BUDGET_EXCEEDED');
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent('counts what is paid for and not delivered', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, match: about('a') });
			const call = {
				items: [photo('a'), photo('b')],
				options: { maxTotalSat: 19, concurrency: 1 },
				settings: CONTINUE,
			};
			const { items } = await scene.run(call);
			expect(items.map((item) => reportOf(item).code)).toEqual([
				'REDEEM_FAILED',
				'BUDGET_EXCEEDED',
			]);
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent('does not stand in the way of what is free, or only asked for', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'freeAnswer' } });
			const options = { maxTotalSat: 1 };
			expect((await scene.run({ options })).error).toBeUndefined();
			const parameters = { payment: 'invoiceOnly' };
			expect((await scene.run({ parameters, options })).error).toBeUndefined();
			expect(scene.payCalls).toEqual([]);
		});
	});

	it.concurrent('is none where it is 0', async () => {
		await inScene({}, async (scene) => {
			const { error } = await scene.run({ items: photos(3), options: { maxTotalSat: 0 } });
			expect(error).toBeUndefined();
			expect(scene.paid).toHaveLength(3);
		});
	});
});

describe('the fee of a payment', () => {
	it.concurrent('is limited to what the node says', async () => {
		await inScene({ prices: { editImage: 400 } }, async (scene) => {
			const parameters = { operation: 'editImage', prompt: 'sunset' };
			// The wallet wants to set 4 sats aside.
			const refused = await scene.failure({ parameters, options: { maxFeeSat: 3 } });
			expect(refused.code).toBe('FEE_OVER_LIMIT');
			expect(scene.payCalls).toEqual([]);
			const paid = await scene.run({ parameters, options: { maxFeeSat: 4 } });
			expect(paid.error).toBeUndefined();
		});
	});

	it.concurrent('is limited to 10 sats where the node says nothing', async () => {
		await inScene({}, async (scene) => {
			for (const [msat, code] of [
				[10_001, 'FEE_OVER_LIMIT'],
				[10_000, undefined],
			] as const) {
				scene.sandbox.faults.push({ at: 'feeReserve', fault: { kind: 'amount', msat } });
				const { items } = await scene.run({ settings: CONTINUE });
				const report = items[0]?.json.error as { code?: string } | undefined;
				expect(report?.code).toBe(code);
			}
		});
	});
});

describe('a budget of nothing', () => {
	it.each([
		['={{ 30 - 30 }}', 'INPUT_INVALID'],
		['={{ "0" }}', 'INPUT_INVALID'],
		['={{ -0 }}', 'INPUT_INVALID'],
		['={{ 0.3 - 0.2 - 0.1 }}', 'INPUT_INVALID'],
		['={{ null }}', 'INPUT_INVALID'],
		['={{ 0.1 + 0.2 - 0.3 }}', 'BUDGET_EXCEEDED'],
		['={{ 1e-9 }}', 'BUDGET_EXCEEDED'],
		[0.0009, 'BUDGET_EXCEEDED'],
		[1e-9, 'BUDGET_EXCEEDED'],
		['0.0009', 'BUDGET_EXCEEDED'],
	])('%s lets nothing be spent', async (maxTotalSat, code) => {
		await inScene({}, async (scene) => {
			expect(await scene.failure({ options: { maxTotalSat } })).toMatchObject({
				code,
				spent: 'no',
			});
			expect(scene.payCalls).toEqual([]);
		});
	});

	it.each([0, '0'])('typed as %p is no limit', async (maxTotalSat) => {
		await inScene({}, async (scene) => {
			const { items } = await scene.run({ options: { maxTotalSat } });
			expect(items[0]?.json.payment).toMatchObject({ status: 'paid' });
		});
	});

	it.each([
		['Max Price', { parameters: { maxPriceSat: 0.0009 } }, 'PRICE_OVER_LIMIT'],
		[
			'Max Price out of an expression',
			{ parameters: { maxPriceSat: '={{ 1e-9 }}' } },
			'PRICE_OVER_LIMIT',
		],
		['Max Price of 0', { parameters: { maxPriceSat: '={{ 5 - 5 }}' } }, 'PRICE_OVER_LIMIT'],
		['Max Payment', { credential: { maxPaymentSat: 0.0009 } }, 'PRICE_OVER_LIMIT'],
		['Max Fee', { options: { maxFeeSat: 0.0009 } }, 'FEE_OVER_LIMIT'],
	])('as %s lets nothing be spent', async (_name, call, code) => {
		await inScene({}, async (scene) => {
			expect(await scene.failure(call)).toMatchObject({ code, spent: 'no' });
			expect(scene.spentMsat).toBe(0);
		});
	});
});
