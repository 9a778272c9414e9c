import { setFlagsFromString } from 'node:v8';
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
	const large = Buffer.concat([pictureBytes(), Buffer.alloc(13_000_001, 0xa5)]).toString('base64');
	const fromItem = {
		items: [{ json: {}, binary: { data: { data: large, mimeType: 'image/png' } } }],
	};
	const fromText = { parameters: { imageSource: 'base64', imageBase64: large } };

	// The first to read one: what is compiled once stays so.
	it('is read too where V8 compiles no more regular expressions, as in a busy n8n', async () => {
		setFlagsFromString('--no-regexp-optimization');
		await inScene({}, async (scene) => {
			const { error } = await scene.run({ ...fromText, options: { requestTimeout: 30 } });
			expect(error).toBeUndefined();
			expect(scene.paid).toHaveLength(1);
		}).finally(() => setFlagsFromString('--regexp-optimization'));
	});

	it.each([
		['from the item', fromItem],
		['from a text', fromText],
	])('%s is sent whole, twice', async (_name, call) => {
		await inScene({}, async (scene) => {
			const { items, error } = await scene.run({ ...call, options: { requestTimeout: 30 } });
			expect(error).toBeUndefined();
			expect(outputBytes(items[0]).length).toBeGreaterThan(0);
			const [ask, redeem] = scene.bodies;
			expect(ask?.bytes.equals(Buffer.from(JSON.stringify({ image: large })))).toBe(true);
			expect(redeem?.bytes.equals(ask?.bytes ?? Buffer.alloc(0))).toBe(true);
		});
	});
});
