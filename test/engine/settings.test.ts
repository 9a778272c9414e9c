import { outputBytes, reportOf, serialOf } from './outcome';
import { photo, photos, pictureBytes } from './photo';
import { inScene, RETRY } from './scene';

/** Settings of n8n's own that change how it drives the node. */
describe('with settings of n8n', () => {
	it('the older switch Continue On Fail does what it did', async () => {
		await inScene({}, async (scene) => {
			const settings = { continueOnFail: true };
			const { items } = await scene.run({ items: [{ json: {} }, photo()], settings });
			expect(reportOf(items[0])).toMatchObject({ code: 'INPUT_INVALID' });
			expect(serialOf(items[1])).toBe(1);
		});
	});

	it('Batching starts items one by one, and each is bought once', async () => {
		await inScene({}, async (scene) => {
			const batching = { batch: { batchSize: 2, batchInterval: 20 } };
			const fault = { kind: 'status', status: 500 } as const;
			scene.sandbox.faults.push({ at: 'ask', fault });
			const { items, error } = await scene.run({
				items: photos(5),
				parameters: { requestOptions: { batching } },
				settings: RETRY,
			});
			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2, 3, 4].map((item) => ({ item })),
			);
			expect(new Set(items.map(serialOf)).size).toBe(5);
			expect(scene.paid).toHaveLength(5);
		});
	});

	it('Execute Once buys one picture', async () => {
		await inScene({}, async (scene) => {
			const { items } = await scene.run({ items: photos(3), settings: { executeOnce: true } });
			expect(items).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
		});
	});
});

describe('two executions at once', () => {
	it('buy what each of them wants', async () => {
		await inScene({}, async (scene) => {
			const [first, second] = await Promise.all([scene.run({}), scene.run({})]);
			expect([serialOf(first.items[0]), serialOf(second.items[0])].sort()).toEqual([1, 2]);
			expect(scene.paid).toHaveLength(2);
		});
	});

	it('share what an earlier one left open: one finishes it, the other buys', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 422 } });
			expect((await scene.failure()).code).toBe('REDEEM_FAILED');
			const both = await Promise.all([scene.run({}), scene.run({})]);
			expect(both.map(({ items }) => serialOf(items[0])).sort()).toEqual([1, 2]);
			expect(scene.paid).toHaveLength(2);
		});
	});
});

describe('a large picture', () => {
	it('is sent whole, twice', async () => {
		await inScene({}, async (scene) => {
			const large = Buffer.concat([pictureBytes(), Buffer.alloc(12_000_001, 0xa5)]);
			const data = { data: large.toString('base64'), mimeType: 'image/png' };
			const { items } = await scene.run({
				items: [{ json: {}, binary: { data } }],
				options: { requestTimeout: 20 },
			});
			expect(outputBytes(items[0]).length).toBeGreaterThan(0);
			const [ask, redeem] = scene.bodies;
			expect(JSON.parse(ask?.bytes.toString() ?? '')).toEqual({ image: data.data });
			expect(redeem?.bytes.equals(ask?.bytes ?? Buffer.alloc(0))).toBe(true);
		});
	});
});
