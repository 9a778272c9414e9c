import type { PlannedFault } from '../../sandbox/faultPlan';
import { serialOf } from './outcome';
import { photo } from './photo';
import { inScene, type Call, type Scene } from './scene';

/** Ways for money to be under way when an execution fails. */
const unfinished = [
	['paid and refused', { at: 'redeem', fault: { kind: 'status', status: 422 } }],
	['paid, with a link that fails', { at: 'link', fault: { kind: 'cut' }, times: 2 }],
	['unknown, and paid', { at: 'pay', fault: { kind: 'cutAfter' } }],
	['unknown, and not paid', { at: 'pay', fault: { kind: 'cut' } }],
] as const;

/** An execution that fails with money under way, in a time when the wallet tells nothing. */
async function failFirst(scene: Scene, fault: PlannedFault) {
	let silent = true;
	scene.sandbox.faults.push(fault);
	scene.sandbox.faults.push({
		at: 'lookup',
		fault: { kind: 'cut' },
		times: Infinity,
		match: () => silent,
	});
	const first = await scene.run({ options: { paymentTimeout: 1, requestTimeout: 1 } });
	silent = false;
	expect(first.error).toBeDefined();
	return first;
}

async function expectFinished(scene: Scene, call: Call): Promise<void> {
	const { items, error } = await scene.run(call);
	expect(error).toBeUndefined();
	expect(serialOf(items[0])).toBe(1);
	expect(scene.sandbox.ledger).toHaveLength(1);
	expect(scene.sandbox.wallet.payments).toHaveLength(1);
}

describe('the next execution', () => {
	it.concurrent.each(unfinished)('after %s: a second manual run finishes it', async (_n, fault) => {
		await inScene({}, async (scene) => {
			await failFirst(scene, fault);
			await expectFinished(scene, {});
		});
	});

	it.concurrent.each(unfinished)(
		'after %s: a Retry of the failed one finishes it in a new process',
		async (_n, fault) => {
			await inScene({}, async (scene) => {
				const { contextData } = await failFirst(scene, fault);
				scene.restart();
				await expectFinished(scene, { contextData });
			});
		},
	);

	it.concurrent('as a Retry in the same process finishes it too, once', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 422 } });
			const first = await scene.run({});
			const retry = { contextData: first.contextData };
			expect(serialOf((await scene.run(retry)).items[0])).toBe(1);
			// The saved copy is out of date now: what it names has been delivered.
			expect(serialOf((await scene.run(retry)).items[0])).toBe(2);
			expect(scene.paid).toHaveLength(2);
		});
	});

	it.concurrent('finishes what is open of two equal items, and buys what is missing', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 2 });
			const items = [photo('same'), photo('same'), photo('other')];
			const first = await scene.run({ items, options: { concurrency: 2 } });
			expect(scene.paid).toHaveLength(2);
			scene.restart();
			const second = await scene.run({ items, contextData: first.contextData });
			expect(second.items.map(serialOf).sort()).toEqual([1, 2, 3]);
			expect(scene.paid).toHaveLength(3);
		});
	});

	it.concurrent('pays anew for a picture that was delivered', async () => {
		await inScene({}, async (scene) => {
			const first = await scene.run({});
			const second = await scene.run({ contextData: first.contextData });
			expect([serialOf(first.items[0]), serialOf(second.items[0])]).toEqual([1, 2]);
		});
	});

	it.concurrent('does not take what another request paid for', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const { contextData } = await scene.run({ items: [photo('a')] });
			const { items } = await scene.run({ items: [photo('b')], contextData });
			expect(serialOf(items[0])).toBe(2);
			const again = await scene.run({ items: [photo('a')], contextData });
			expect(serialOf(again.items[0])).toBe(1);
		});
	});
});
