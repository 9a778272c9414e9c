import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { PlannedFault } from '../../sandbox/faultPlan';
import { outcomeOf, reportOf, serialOf } from './outcome';
import { photos } from './photo';
import { inScene, type Call, type Scene } from './scene';

/** Far longer than a test may last: what ends, ends because it was stopped. */
const patient = { paymentTimeout: 100, requestTimeout: 100 };
const TEST_MS = 15_000;

async function until(happened: () => boolean): Promise<void> {
	while (!happened()) await wait(5);
}

/** Presses *Stop* as soon as the fault has struck, and waits until the node's work has ended. */
async function stopAt(scene: Scene, kind: string, call: Call = {}) {
	const execution = scene.start({ ...call, options: { ...patient, ...call.options } });
	const logs = [scene.sandbox.requests, scene.sandbox.wallet.requests];
	await until(() => logs.some((log) => log.some(({ fault }) => fault === kind)));
	execution.stop();
	const outcome = outcomeOf(await execution.run);
	await execution.settled;
	return outcome;
}

interface Case {
	readonly during: string;
	readonly faults: readonly PlannedFault[];
	/** Kind of the fault at which *Stop* is pressed. */
	readonly at?: string;
	/** Payments that have left when the run has ended. */
	readonly paid: 0 | 1;
	/** Invoices that are needed in the end. */
	readonly invoices: 1 | 2;
}

const always = { times: Infinity };
const cases: readonly Case[] = [
	{
		during: 'the question',
		faults: [{ at: 'ask', fault: { kind: 'hang' } }],
		paid: 0,
		invoices: 1,
	},
	{
		during: 'a pause of the question',
		faults: [{ at: 'ask', fault: { kind: 'status', status: 429, retryAfter: 50 } }],
		at: 'status',
		paid: 0,
		invoices: 1,
	},
	{
		during: 'the question about fees',
		faults: [{ at: 'feeReserve', fault: { kind: 'hang' } }],
		paid: 0,
		invoices: 2,
	},
	{
		during: 'a payment that never arrives',
		faults: [{ at: 'pay', fault: { kind: 'hang' } }],
		paid: 0,
		invoices: 1,
	},
	{
		during: 'a payment',
		faults: [{ at: 'pay', fault: { kind: 'hangAfter' } }],
		at: 'hangAfter',
		paid: 1,
		invoices: 1,
	},
	{
		during: 'a payment that is under way',
		faults: [{ at: 'pay', fault: { kind: 'pending', lookups: 3 } }],
		at: 'pending',
		paid: 0,
		invoices: 1,
	},
	{
		during: 'a look-up',
		faults: [
			{ at: 'pay', fault: { kind: 'cutAfter' } },
			{ at: 'lookup', fault: { kind: 'hang' } },
		],
		paid: 1,
		invoices: 1,
	},
	{
		during: 'the paid request',
		faults: [{ at: 'redeem', fault: { kind: 'hang' } }],
		paid: 1,
		invoices: 1,
	},
	{
		during: 'a pause of the paid request',
		faults: [{ at: 'redeem', fault: { kind: 'status', status: 503, retryAfter: 50 } }],
		at: 'status',
		paid: 1,
		invoices: 1,
	},
	{
		during: 'an answer that was made and never comes',
		faults: [{ at: 'redeem', fault: { kind: 'hangAfter' } }],
		at: 'hangAfter',
		paid: 1,
		invoices: 1,
	},
	{
		during: 'the download',
		faults: [{ at: 'link', fault: { kind: 'hang' } }],
		paid: 1,
		invoices: 1,
	},
];

describe('Stop', () => {
	it.concurrent.each(cases)(
		'during $during ends the run, and the next one finishes it',
		async ({ faults, at = 'hang', paid, invoices }) => {
			await inScene({ allowReplay: true }, async (scene) => {
				for (const fault of faults) scene.sandbox.faults.push(fault);
				await stopAt(scene, at);
				expect(scene.paid).toHaveLength(paid);
				const { items, error } = await scene.run({});
				expect(error).toBeUndefined();
				expect(serialOf(items[0])).toBe(invoices);
				expect(scene.sandbox.ledger).toHaveLength(invoices);
				expect(scene.paid).toHaveLength(1);
				expect(scene.spentMsat).toBe(5_000);
			});
		},
		TEST_MS,
	);

	it.concurrent.each(cases)(
		'during $during leaves in the execution what a new process needs',
		async ({ faults, at = 'hang', invoices }) => {
			await inScene({ allowReplay: true }, async (scene) => {
				for (const fault of faults) scene.sandbox.faults.push(fault);
				const { contextData } = await stopAt(scene, at);
				scene.restart();
				const { items, error } = await scene.run({ contextData });
				expect(error).toBeUndefined();
				expect(scene.paid).toHaveLength(1);
				expect(scene.sandbox.ledger.length).toBeLessThanOrEqual(invoices);
				expect(serialOf(items[0])).toBe(scene.sandbox.ledger.length);
			});
		},
		TEST_MS,
	);

	it.concurrent(
		'starts nothing that waits for its turn',
		async () => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' }, ...always });
				await stopAt(scene, 'hang', { items: photos(20), options: { concurrency: 2 } });
				const asked = scene.paidRequests(false).length;
				expect(asked).toBeLessThanOrEqual(2);
				await wait(100);
				expect(scene.paidRequests(false)).toHaveLength(asked);
				expect(scene.payCalls.length).toBeLessThanOrEqual(2);
			});
		},
		TEST_MS,
	);

	it.concurrent(
		'ends those too that wait for the budget',
		async () => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'pay', fault: { kind: 'hang' } });
				const options = { concurrency: 3, maxTotalSat: 20 };
				await stopAt(scene, 'hang', { items: photos(3), options });
				expect(scene.payCalls).toHaveLength(1);
			});
		},
		TEST_MS,
	);

	it.concurrent(
		'holds with Continue On Fail and Retry On Fail as well',
		async () => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'hang' } });
				await stopAt(scene, 'hang', {
					items: photos(5),
					settings: { onError: 'continueRegularOutput', retryOnFail: true, waitBetweenTries: 1 },
					options: { concurrency: 1 },
				});
				expect(scene.paidRequests(false)).toHaveLength(1);
				expect(scene.payCalls).toEqual([]);
			});
		},
		TEST_MS,
	);

	it.concurrent(
		'is told for each item, with what it cost',
		async () => {
			await inScene({}, async (scene) => {
				scene.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' } });
				const settings = { onError: 'continueRegularOutput' } as const;
				const call = { items: photos(3), settings, options: { ...patient, concurrency: 1 } };
				const execution = scene.start(call);
				await until(() => scene.paidRequests(true).length > 0);
				execution.stop();
				const { items } = outcomeOf(await execution.settled);
				const [sold] = scene.sandbox.ledger;
				expect(items.map(reportOf)).toEqual([
					expect.objectContaining({
						code: 'REDEEM_FAILED',
						spent: 'yes',
						payment: expect.objectContaining({ token: sold?.token, preimage: sold?.preimage }),
					}),
					expect.objectContaining({ code: 'CANCELLED', spent: 'no' }),
					expect.objectContaining({ code: 'CANCELLED', spent: 'no' }),
				]);
			});
		},
		TEST_MS,
	);

	it.concurrent(
		'ends the fetching of a picture to work on',
		async () => {
			await inScene({}, async (scene) => {
				let asked = false;
				const server = createServer(() => {
					asked = true;
				});
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				const { port } = server.address() as AddressInfo;
				const imageUrl = `http://127.0.0.1:${port}/photo.png`;
				const execution = scene.start({ parameters: { imageSource: 'url', imageUrl } });
				await until(() => asked);
				execution.stop();
				await execution.settled;
				server.closeAllConnections();
				await new Promise((resolve) => server.close(resolve));
				scene.expectNoRequests();
			});
		},
		TEST_MS,
	);
});
