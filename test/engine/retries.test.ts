import type { PlannedFault } from '../../sandbox/faultPlan';
import { paymentOf, reportOf, serialOf, thrownReport } from './outcome';
import { photo, photos } from './photo';
import { CONTINUE, inScene, RETRY, type Call, type Scene } from './scene';

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
				const options = { requestTimeout: 1, concurrency };
				const { items, error } = await scene.run({ items: photos(5), settings: RETRY, options });
				expect(error).toBeUndefined();
				expectFivePictures(scene, items);
				expect(scene.paidRequests(false)).toHaveLength(5);
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
			const options = { paymentTimeout: 1 };
			const { items, error } = await scene.run({ items: photos(5), settings: RETRY, options });
			expect(error).toBeUndefined();
			expectFivePictures(scene, items);
			expect(scene.payCalls).toHaveLength(5);
		});
	});

	it.concurrent('sends the same invoice again where the wallet has no record of it', async () => {
		await inScene({}, async (scene) => {
			scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'cut' } });
			const options = { paymentTimeout: 1 };
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
			const options = { requestTimeout: 2 };
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

	it.concurrent('from another wallet does not pay again what the first may have paid', async () => {
		await inScene({}, async (scene) => {
			const first = await failFirst(scene, { at: 'pay', fault: { kind: 'cutAfter' } });
			scene.restart();
			const other = scene.sandbox.walletUrl.replace('127.0.0.1', 'localhost');
			const second = await scene.run({
				contextData: first.contextData,
				credential: { url: other },
				settings: CONTINUE,
			});
			expect(reportOf(second.items[0])).toMatchObject({
				code: 'PAYMENT_UNKNOWN',
				spent: 'unknown',
				payment: { paymentHash: scene.sandbox.ledger[0]?.paymentHash },
			});
			expect(scene.payCalls).toHaveLength(1);
			expect(scene.sandbox.ledger).toHaveLength(1);
		});
	});
});

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
				const { items, error } = await scene.run({ options: { paymentTimeout: 2 } });
				expect(error).toBeUndefined();
				expect(serialOf(items[0])).toBe(1);
				expect(scene.payCalls).toHaveLength(1);
			});
		},
		10_000,
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
