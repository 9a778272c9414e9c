import assert from 'node:assert/strict';
import { Books } from '../rig/books';
import { outputOf } from '../rig/execution';
import { sha256OfFiles } from '../rig/savedBinary';
import { SATS4AI } from '../workflows/sats4Ai';
import { execute, executeWell, savedPurchase } from './purchase';
import type { Scenario } from './scenario';

/** Items that fail, and what the node's settings make of it. */
export const failureScenarios: readonly Scenario[] = [
	{
		name: 'Retry On Fail: good items are not bought again',
		part: 'rest',
		run: async (app) => {
			const { workflow, output } = await savedPurchase(app, {
				count: 3,
				options: { requestTimeout: 2 },
				settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 100 },
			});
			// The second item's first two tries fail, whatever they try within their 2 seconds.
			const began = Date.now();
			const second = new Set<string>();
			app.sandbox.faults.push({
				at: 'redeem',
				fault: { kind: 'status', status: 503 },
				times: Infinity,
				match: ({ paymentHash }) => {
					if (paymentHash !== null && second.size === 0) second.add(paymentHash);
					return second.has(paymentHash ?? '') && Date.now() - began < 4500;
				},
			});
			const books = new Books(app.sandbox);
			await executeWell(app, workflow);
			books.expectPayments(3);
			assert.ok(books.paidRequests.length > 3, 'no try failed');
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
	{
		name: 'Continue (using error output): bad items leave by the second output',
		part: 'rest',
		run: async (app) => {
			const { workflow, output } = await savedPurchase(app, {
				count: 3,
				parameters: { maxPriceSat: '={{ $itemIndex === 1 ? 1 : 50 }}' },
				settings: { onError: 'continueErrorOutput' },
			});
			const books = new Books(app.sandbox);
			const execution = await executeWell(app, workflow);
			books.expectPayments(2);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
			assert.deepEqual(
				outputOf(execution, SATS4AI).map(({ pairedItem }) => pairedItem),
				[{ item: 0 }, { item: 2 }],
			);
			const [bad, ...more] = outputOf(execution, SATS4AI, 1);
			assert.equal(more.length, 0);
			assert.deepEqual(bad?.pairedItem, { item: 1 });
			const report = bad?.json.error as Record<string, unknown>;
			assert.equal(report.code, 'PRICE_OVER_LIMIT');
			assert.equal(report.spent, 'no');
		},
	},
	{
		name: 'Continue: the report takes the place of the picture',
		part: 'rest',
		run: async (app) => {
			const { workflow } = await savedPurchase(app, {
				count: 2,
				parameters: { maxPriceSat: '={{ $itemIndex === 0 ? 1 : 50 }}' },
				settings: { onError: 'continueRegularOutput' },
				connections: [
					['Start', 'Read Photographs'],
					['Read Photographs', SATS4AI],
				],
			});
			const books = new Books(app.sandbox);
			const items = outputOf(await executeWell(app, workflow), SATS4AI);
			books.expectPayments(1);
			const [bad, good] = items.map(({ json }) => json);
			assert.equal((bad?.error as { code: string } | undefined)?.code, 'PRICE_OVER_LIMIT');
			assert.equal((good?.payment as { status: string } | undefined)?.status, 'paid');
		},
	},
	{
		name: 'stop at the first failure: a later item is not bought',
		part: 'rest',
		run: async (app) => {
			const { workflow } = await savedPurchase(app, {
				count: 4,
				parameters: { maxPriceSat: '={{ $itemIndex === 1 ? 1 : 50 }}' },
				options: { concurrency: 1 },
			});
			const books = new Books(app.sandbox);
			const execution = await execute(app, workflow);
			assert.equal(execution.status, 'error');
			books.expectPayments(1);
		},
	},
];
