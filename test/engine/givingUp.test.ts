import { reportOf, serialOf } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, RETRY, type Call } from './scene';

/** A field that cannot be resolved for one of the items: n8n's engine fails over it by itself. */
function unresolvable(mark: string): Call['parameters'] {
	return { binaryPropertyName: `={{ $json.mark === '${mark}' ? $fromAI('') : 'data' }}` };
}

describe('where the engine gives up while it starts the items', () => {
	it.concurrent('nothing is bought for those it has started', async () => {
		await inScene({}, async (scene) => {
			const { error } = await scene.run({
				items: photos(4),
				parameters: unresolvable('photo 3'),
				settings: { ...RETRY, maxTries: 2 },
			});
			expect(error?.message).toMatch(/fromAI/);
			scene.expectNoRequests();
		});
	});

	it.concurrent('with Batching, the next try finishes what it has started', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'pending', lookups: 3 } as const;
			scene.sandbox.faults.push({ at: 'pay', fault, times: Infinity });
			const requestOptions = { batching: { batch: { batchSize: 1, batchInterval: 700 } } };
			const { error } = await scene.run({
				items: photos(3),
				parameters: { ...unresolvable('photo 2'), requestOptions },
				settings: { ...RETRY, maxTries: 3 },
			});
			expect(error?.message).toMatch(/fromAI/);
			// One each for the two that were started, in three tries.
			expect(scene.sandbox.wallet.payments).toHaveLength(2);
		});
	});

	it.concurrent('with Batching, items are worked on while others have not started', async () => {
		await inScene({}, async (scene) => {
			const batching = { batch: { batchSize: 1, batchInterval: 1500 } };
			const { items, error } = await scene.run({
				items: photos(3),
				parameters: { requestOptions: { batching } },
			});
			expect(error).toBeUndefined();
			expect(items.map(serialOf)).toEqual([1, 2, 3]);
			const [first, second] = scene.sandbox.ledger;
			expect(first?.deliveredAt).toBeLessThanOrEqual(second?.createdAt ?? 0);
		});
	});

	it.concurrent(
		'tries after the first get what it has delivered, with Continue On Fail',
		async () => {
			await inScene({}, async (scene) => {
				const { items } = await scene.run({
					items: photos(4),
					parameters: unresolvable('photo 0'),
					settings: { ...CONTINUE, ...RETRY },
				});
				expect(items.slice(1).map(serialOf).sort()).toEqual([1, 2, 3]);
				expect(scene.paid).toHaveLength(3);
			});
		},
	);
});

describe('a limit that an expression leaves empty', () => {
	it.concurrent.each([
		['maxTotalSat', 'Max Total'],
		['maxFeeSat', 'Max Fee'],
		['baseUrl', 'Base URL'],
	])('%s is refused, not replaced by its default', async (name, label) => {
		await inScene({}, async (scene) => {
			const failure = await scene.failure({ options: { [name]: '={{ $json.missing }}' } });
			expect(failure).toMatchObject({ code: 'INPUT_INVALID', spent: 'no' });
			expect(failure.message).toContain(label);
			scene.expectNoRequests();
		});
	});
});

describe('two open purchases of the same picture', () => {
	it.concurrent('are both looked at before a third is made', async () => {
		await inScene({}, async (scene) => {
			for (const then of ['failed', 'success'] as const) {
				scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'pending', lookups: 6, then } });
			}
			const items = [photo(), photo()];
			const options = { paymentTimeout: 1, concurrency: 1 };
			const first = await scene.run({ items, options, settings: CONTINUE });
			expect(first.items.map((item) => reportOf(item).code)).toEqual([
				'PAYMENT_UNKNOWN',
				'PAYMENT_UNKNOWN',
			]);
			const second = await scene.run({});
			expect(serialOf(second.items[0])).toBe(2);
			expect(scene.sandbox.ledger).toHaveLength(2);
		});
	});
});
