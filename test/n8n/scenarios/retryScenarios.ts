import assert from 'node:assert/strict';
import type { INodeParameters } from 'n8n-workflow';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { sha256OfFiles } from '../rig/savedBinary';
import { errorOf, execute, executeWell, reportOf, savedPurchase } from './purchase';
import type { Scenario } from './scenario';

/** The service takes no proof of payment, as long as nobody clears the faults. */
function breakRedeem({ sandbox }: App): void {
	sandbox.faults.push({ at: 'redeem', fault: { kind: 'status', status: 503 }, times: Infinity });
}

/** A paid purchase that was not delivered: the execution fails, the money is gone. */
async function failAfterPaying(app: App) {
	const purchase = await savedPurchase(app, { options: { requestTimeout: 2 } });
	breakRedeem(app);
	const failed = await execute(app, purchase.workflow);
	assert.equal(failed.status, 'error');
	assert.equal(reportOf(failed).code, 'REDEEM_FAILED', errorOf(failed));
	assert.equal(reportOf(failed).spent, 'yes');
	app.sandbox.faults.clear();
	return { ...purchase, failed };
}

/** From now on the service refuses one purchase, the second it gets to see, until faults are cleared. */
function breakSecondRedeem({ sandbox }: App): void {
	const seen: string[] = [];
	sandbox.faults.push({
		at: 'redeem',
		fault: { kind: 'status', status: 503 },
		times: Infinity,
		match: ({ paymentHash }) => {
			if (paymentHash === null) return false;
			if (!seen.includes(paymentHash)) seen.push(paymentHash);
			return seen[1] === paymentHash;
		},
	});
}

/** Of three photographs one was paid and not delivered; the execution failed. */
async function failOneOfThree(app: App, options: INodeParameters = {}) {
	const purchase = await savedPurchase(app, {
		count: 3,
		options: { requestTimeout: 3, ...options },
	});
	breakSecondRedeem(app);
	const failed = await execute(app, purchase.workflow);
	assert.equal(failed.status, 'error');
	app.sandbox.faults.clear();
	return { ...purchase, failed };
}

/** Executions that failed after paying, and are run again: nothing is paid twice. */
export const retryScenarios: readonly Scenario[] = [
	{
		name: 'Retry of a failed execution: delivered, not paid again',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { failed, output } = await failAfterPaying(app);
			books.expectPayments(1);
			const retried = await app.session.retry(failed.id);
			assert.equal(retried.status, 'success', errorOf(retried));
			books.expectPayments(1);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
	{
		name: 'Retry after a restart of n8n: delivered, not paid again',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { failed, output } = await failAfterPaying(app);
			await app.restart();
			const retried = await app.session.retry(failed.id);
			assert.equal(retried.status, 'success', errorOf(retried));
			books.expectPayments(1);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
	...(['', ' after a restart of n8n'] as const).map((when): Scenario => ({
		name: `Retry of a batch${when}: only what is missing is bought`,
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { failed, output } = await failOneOfThree(app, { concurrency: 1 });
			books.expectPayments(2);
			if (when !== '') await app.restart();
			const retried = await app.session.retry(failed.id);
			assert.equal(retried.status, 'success', errorOf(retried));
			books.expectPayments(3);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	})),
	{
		name: 'Retry of a batch with three in work at once: nothing is paid again',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { failed, output } = await failOneOfThree(app);
			books.expectPayments(3);
			const retried = await app.session.retry(failed.id);
			assert.equal(retried.status, 'success', errorOf(retried));
			books.expectPayments(3);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
	{
		name: 'a new run after a failure: delivered, not paid again; the next one buys',
		part: 'rest',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const { workflow } = await failAfterPaying(app);
			await executeWell(app, workflow);
			books.expectPayments(1);
			await executeWell(app, workflow);
			books.expectPayments(2);
		},
	},
	{
		name: 'payment unknown at first: found paid later, not paid again',
		part: 'rest',
		run: async (app) => {
			const { workflow } = await savedPurchase(app, { options: { paymentTimeout: 2 } });
			const books = new Books(app.sandbox);
			app.sandbox.faults.push({ at: 'pay', fault: { kind: 'cutAfter' } });
			const broken = { kind: 'status', status: 503 } as const;
			app.sandbox.faults.push({ at: 'lookup', fault: broken, times: Infinity });
			const failed = await execute(app, workflow);
			assert.equal(failed.status, 'error');
			assert.equal(reportOf(failed).code, 'PAYMENT_UNKNOWN', errorOf(failed));
			app.sandbox.faults.clear();
			const retried = await app.session.retry(failed.id);
			assert.equal(retried.status, 'success', errorOf(retried));
			books.expectPayments(1);
		},
	},
];
