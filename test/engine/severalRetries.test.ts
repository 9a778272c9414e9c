import type { IDataObject } from 'n8n-workflow';
import type { PlannedFault } from '../../sandbox/faultPlan';
import { serialOf, thrownReport, type Outcome } from './outcome';
import { photo, photos } from './photo';
import { inScene, RETRY, type Call, type Scene } from './scene';

const BRIEFLY = { options: { paymentTimeout: 3 } };

/** What n8n hands to each *Retry*: a copy of its own. */
function copy({ contextData }: Outcome): Record<string, IDataObject> {
	return structuredClone(contextData);
}

/** So many Retries of one failed execution, all at once. */
async function retryAtOnce(scene: Scene, failed: Outcome, times: number, call: Call = {}) {
	return await Promise.all(
		Array.from({ length: times }, async () => scene.run({ ...call, contextData: copy(failed) })),
	);
}

function expectRefused(outcome: Outcome, paymentHash: string | undefined): void {
	const report = thrownReport(outcome);
	expect(report.message).toContain(paymentHash);
	expect(report.hint).toContain('run the workflow anew to buy it again');
	expect(report.payment?.paymentHash).toBe(paymentHash);
}

const ENDINGS: ReadonlyArray<readonly [string, PlannedFault]> = [
	['paid, and the service answered 500', { at: 'redeem', fault: { kind: 'status', status: 422 } }],
	['paid, as nobody knew', { at: 'pay', fault: { kind: 'cutAfter' } }],
	['not paid, as nobody knew', { at: 'pay', fault: { kind: 'cut' } }],
	['refused before anything was paid', { at: 'ask', fault: { kind: 'status', status: 422 } }],
];

describe('Retries of one failed execution', () => {
	it.concurrent.each(
		ENDINGS.flatMap(([name, fault]) => [
			[name, 'at once', fault, false] as const,
			[name, 'at once, in a new process', fault, true] as const,
		]),
	)('whose item was %s, %s: one delivers, the others are refused', async (_n, _h, fault, isNew) => {
		await inScene({}, async (scene) => {
			let silent = true;
			scene.sandbox.faults.push(fault);
			const match = () => silent;
			scene.sandbox.faults.push({ at: 'lookup', fault: { kind: 'cut' }, times: Infinity, match });
			const failed = await scene.run(BRIEFLY);
			expect(failed.error).toBeDefined();
			silent = false;
			if (isNew) scene.restart();
			const ended = await retryAtOnce(scene, failed, 3);
			const delivered = ended.filter(({ error }) => error === undefined);
			expect(delivered).toHaveLength(1);
			expect(scene.paid).toHaveLength(1);
			const { paymentHash } = scene.paid[0] ?? {};
			for (const outcome of ended) {
				if (outcome.error !== undefined) expectRefused(outcome, paymentHash);
			}
			// And again later; then anew.
			expectRefused(await scene.run({ contextData: copy(failed) }), paymentHash);
			const anew = await scene.run({});
			expect(anew.error).toBeUndefined();
			expect(scene.paid).toHaveLength(2);
		});
	});

	it.concurrent('keep to Max Total together, whatever each of them orders', async () => {
		await inScene({ prices: { generateStandard: 100 } }, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: Infinity });
			const call = {
				parameters: {
					operation: 'generateImage',
					model: 'Standard',
					prompt: '={{ Math.random().toString() }}',
				},
				options: { maxTotalSat: 330 },
			};
			const failed = await scene.run(call);
			await retryAtOnce(scene, failed, 3, call);
			for (let times = 0; times < 3; times += 1) {
				await scene.run({ ...call, contextData: copy(failed) });
			}
			expect(scene.spentMsat).toBe(300_000);
		});
	});

	it.concurrent('buy what is missing of a batch once', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const call = { items: photos(3), options: { concurrency: 1 } };
			const failed = await scene.run(call);
			expect(scene.paid).toHaveLength(1);
			const ended = await retryAtOnce(scene, failed, 2, call);
			expect(ended.filter(({ error }) => error === undefined).length).toBeLessThanOrEqual(1);
			expect(scene.paid).toHaveLength(3);
		});
	});

	it.concurrent('that go on from what another has delivered buy the rest', async () => {
		await inScene({}, async (scene) => {
			const refuse = (mark: string, times: number) => {
				const image = photo(mark).binary?.data?.data ?? '';
				const match = ({ body }: { readonly body: Buffer }) => body.includes(image);
				const fault = { kind: 'status', status: 422 } as const;
				scene.sandbox.faults.push({ at: 'ask', fault, times, match });
			};
			refuse('photo 1', 2);
			const call = { items: photos(2), options: { concurrency: 1 } };
			const failed = await scene.run(call);
			const again = await scene.run({ ...call, contextData: copy(failed) });
			const last = await scene.run({ ...call, contextData: copy(again) });
			// Pictures in n8n's memory are gone with the executions that failed.
			expect(last.error).toBeUndefined();
			expect(last.items).toHaveLength(2);
		});
	});
});

describe('the pause between two tries', () => {
	it.concurrent('keeps the purchases of a run its own', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const settings = { ...RETRY, waitBetweenTries: 2_000 };
			const first = scene.run({ settings, options: { maxTotalSat: 15 } });
			while (scene.paidRequests(true).length === 0) {
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			const second = await scene.run({});
			const { items, error } = await first;
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(serialOf(second.items[0])).toBe(2);
			expect(scene.paid).toHaveLength(2);
		});
	});

	it.concurrent('that nobody comes back from is waited for, not paid around', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault });
			const settings = { ...RETRY, waitBetweenTries: 1_000 };
			const stopped = scene.start({ settings });
			while (scene.paidRequests(true).length === 0) {
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
			await new Promise((resolve) => setTimeout(resolve, 200));
			stopped.stop();
			const { items } = await scene.run({});
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paid).toHaveLength(1);
		});
	});
});
