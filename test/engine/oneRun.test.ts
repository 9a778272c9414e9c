import { paymentOf, serialOf } from './outcome';
import { photo } from './photo';
import { inScene } from './scene';

describe('one run', () => {
	it.concurrent('buys two equal pictures as two', async () => {
		await inScene({}, async (scene) => {
			const parameters = { operation: 'generateImage', prompt: 'A lighthouse' };
			const { items } = await scene.run({ items: [photo(), photo()], parameters });
			expect(items.map(serialOf).sort()).toEqual([1, 2]);
			expect(new Set(items.map((item) => paymentOf(item).paymentHash)).size).toBe(2);
		});
	});

	it.concurrent(
		'finds out in time where the wallet pays and never answers',
		async () => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'hangAfter' } });
				const { items, error } = await scene.run({ options: { paymentTimeout: 5 } });
				expect(error).toBeUndefined();
				expect(serialOf(items[0])).toBe(1);
				expect(scene.payCalls).toHaveLength(1);
			});
		},
		60_000,
	);

	it.concurrent.each([
		['was cut off after it was told to pay', { kind: 'cutAfter' }],
		['says "pending"', { kind: 'pending', lookups: 2 }],
		['gives no preimage at first', { kind: 'preimage', preimage: 'null' }],
		['gives zeros at first', { kind: 'preimage', preimage: 'zeros' }],
		['gives a wrong preimage at first', { kind: 'preimage', preimage: 'wrong' }],
		['leaves the preimage out at first', { kind: 'preimage', preimage: 'missing' }],
	] as const)('finishes by itself where the wallet %s', async (_name, fault) => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault });
			const { items, error } = await scene.run({});
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
		});
	});
});
