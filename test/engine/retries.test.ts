import { serialOf, thrownReport } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, RETRY, type Scene } from './scene';

/** The request for one of the photos, as a condition of a fault. */
function about(mark: string) {
	const image = photo(mark).binary?.data?.data ?? '';
	return ({ body }: { readonly body: Buffer }) => body.includes(image);
}

/** Five pictures, each made for its own item, for five payments. */
function expectFivePictures(scene: Scene, items: Awaited<ReturnType<Scene['run']>>['items']): void {
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3, 4].map((item) => ({ item })),
	);
	expect(new Set(items.map(serialOf)).size).toBe(5);
	expect(scene.sandbox.wallet.payments).toHaveLength(5);
	expect(scene.spentMsat).toBe(25_000);
}

describe('Retry On Fail', () => {
	it.concurrent(
		'buys nothing twice where one of five fails three times before paying',
		async () => {
			await inScene({}, async (scene) => {
				const fault = { kind: 'status', status: 500 } as const;
				scene.sandbox.faults.push({ at: 'ask', fault, times: 3, match: about('photo 2') });
				const { items, error } = await scene.run({ items: photos(5), settings: RETRY });
				expect(error).toBeUndefined();
				expectFivePictures(scene, items);
				expect(scene.paidRequests(false)).toHaveLength(8);
				expect(scene.paidRequests(true)).toHaveLength(5);
			});
		},
	);

	it.concurrent.each([1, 3, 5])(
		'nor where it fails with 503 after paying, with a concurrency of %d',
		async (concurrency) => {
			await inScene({}, async (scene) => {
				const fault = { kind: 'status', status: 503 } as const;
				scene.sandbox.faults.push({ at: 'redeem', fault, times: 3, match: about('photo 1') });
				const options = { requestTimeout: 4, concurrency };
				const { items, error } = await scene.run({ items: photos(5), settings: RETRY, options });
				expect(error).toBeUndefined();
				expectFivePictures(scene, items);
			});
		},
	);

	it.concurrent('nor where the first item fails, with Continue On Fail', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 3, match: about('photo 0') });
			const settings = { ...RETRY, ...CONTINUE };
			const { items, error } = await scene.run({ items: photos(5), settings });
			expect(error).toBeUndefined();
			expectFivePictures(scene, items);
		});
	});

	it.concurrent('nor where the wallet cannot tell, and later can', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cutAfter' } });
			scene.sandbox.faults.push({ at: 'lookup', fault: { kind: 'cut' }, times: 3 });
			const options = { paymentTimeout: 4 };
			const { items, error } = await scene.run({ items: photos(5), settings: RETRY, options });
			expect(error).toBeUndefined();
			expectFivePictures(scene, items);
			expect(scene.payCalls).toHaveLength(5);
		});
	});

	it.concurrent('sends the same invoice again where the wallet has no record of it', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' } });
			const options = { paymentTimeout: 4 };
			const { items, error } = await scene.run({ settings: RETRY, options });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
			expect(scene.payCalls).toHaveLength(2);
			expect(scene.paid).toHaveLength(1);
		});
	});

	it.concurrent('asks for a new invoice only where the old one is proven unpaid', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'noRoute' } });
			const { items, error } = await scene.run({ settings: RETRY });
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(2);
			expect(scene.sandbox.ledger).toHaveLength(2);
			expect(scene.paid).toHaveLength(1);
			expect(scene.spentMsat).toBe(5_000);
		});
	});

	it.concurrent('fetches the link first that it was given for its money', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'link', fault: { kind: 'status', status: 500 }, times: 3 });
			const options = { requestTimeout: 4 };
			const { items, error } = await scene.run({ settings: RETRY, options });
			expect(error).toBeUndefined();
			expect(serialOf(items[0])).toBe(1);
			expect(scene.paidRequests(true)).toHaveLength(1);
		});
	});

	it.concurrent('makes two purchases of two equal items, however often they fail', async () => {
		await inScene({}, async (scene) => {
			const fault = { kind: 'status', status: 422 } as const;
			scene.sandbox.faults.push({ at: 'redeem', fault, times: 4 });
			const items = [photo('same'), photo('same')];
			const outcome = await scene.run({ items, settings: RETRY });
			expect(outcome.error).toBeUndefined();
			expect(outcome.items.map(serialOf).sort()).toEqual([1, 2]);
			expect(scene.paid).toHaveLength(2);
		});
	});

	it.concurrent('gives up after its tries, with all that is needed to finish', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({
				at: 'redeem',
				fault: { kind: 'status', status: 422 },
				times: Infinity,
			});
			const report = thrownReport(await scene.run({ settings: { ...RETRY, maxTries: 3 } }));
			const [sold] = scene.sandbox.ledger;
			expect(report.code).toBe('REDEEM_FAILED');
			expect(report.payment).toMatchObject({ token: sold?.token, preimage: sold?.preimage });
			expect(scene.sandbox.ledger).toHaveLength(1);
			expect(scene.paidRequests(true)).toHaveLength(3);
		});
	});
});
