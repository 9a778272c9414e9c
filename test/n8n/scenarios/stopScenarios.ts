import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { sha256OfFiles } from '../rig/savedBinary';
import { Refused } from '../rig/restCalls';
import { manualTrigger } from '../workflows/steps';
import { executeWell, savedPurchase } from './purchase';
import type { Scenario } from './scenario';
import { until } from './until';

/** Starts a purchase, presses *Stop* when `moment` has come, and buys again at once. */
async function stopAt(app: App, moment: (books: Books) => boolean): Promise<void> {
	const { workflow, output } = await savedPurchase(app);
	const books = new Books(app.sandbox);
	const id = await app.session.start(workflow, manualTrigger.name);
	await until('the moment to stop', () => moment(books));
	await app.session.stop(id);
	assert.equal((await app.session.ended(id, 20_000)).status, 'canceled');
	app.sandbox.faults.clear();
	await executeWell(app, workflow);
	books.expectPayments(1);
	assert.deepEqual(sha256OfFiles(output), books.soldPictures);
}

/** *Stop*, and then the same again: what was paid is delivered, nothing is paid twice. */
export const stopScenarios: readonly Scenario[] = [
	{
		name: 'Stop during a payment that goes through',
		part: 'rest',
		run: async (app) => {
			app.sandbox.faults.push({ at: 'pay', fault: { kind: 'hangAfter' } });
			await stopAt(app, (books) => books.paid.length === 1);
		},
	},
	{
		name: 'Stop during a payment that does not go through',
		part: 'rest',
		run: async (app) => {
			app.sandbox.faults.push({ at: 'pay', fault: { kind: 'hang' } });
			const { requests } = app.sandbox.wallet;
			const before = requests.length;
			await stopAt(app, () => requests.slice(before).some(({ method }) => method === 'POST'));
		},
	},
	{
		name: 'Stop during the paid request',
		part: 'rest',
		run: async (app) => {
			app.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' } });
			await stopAt(app, ({ paidRequests }) => paidRequests.length === 1);
		},
	},
	{
		// n8n keeps too little of a stopped execution to run it again: 1.123 ends at once, 2.x refuses.
		name: 'Stop and Retry: nothing is paid again, a new run delivers',
		part: 'rest',
		run: async (app) => {
			const { workflow, output } = await savedPurchase(app);
			const books = new Books(app.sandbox);
			app.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' } });
			const id = await app.session.start(workflow, manualTrigger.name);
			await until('the paid request', () => books.paidRequests.length === 1);
			await app.session.stop(id);
			await app.session.ended(id, 20_000);
			const retried = await app.session.retry(id).catch((cause: unknown) => cause);
			assert.ok(retried instanceof Refused || sha256OfFiles(output).length === 0);
			books.expectPayments(1);
			await executeWell(app, workflow);
			books.expectPayments(1);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
];
