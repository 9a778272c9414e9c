import assert from 'node:assert/strict';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import { ADVISED, Cluster, DEFAULT } from '../queue/cluster';
import { Hanging } from '../queue/hanging';
import { PICTURES, type OrderWorkflow } from '../queue/orderWorkflows';
import { runsOf, type Execution } from '../rig/execution';
import { sha256OfFiles } from '../rig/savedBinary';
import { Refused } from '../rig/restCalls';
import { SATS4AI } from '../workflows/sats4Ai';
import type { Scenario } from './scenario';

/** Workers are killed with -9 when so many paid requests of an order have been made, the last one in vain. */
const REQUESTS = 3;

/** Sends an order and kills the worker that has it at work. Answers what was paid until then. */
async function killDuring(cluster: Cluster, workflow: OrderWorkflow, order: number) {
	const { main, orders } = cluster;
	const hanging = new Hanging(orders, 'redeem', REQUESTS, [order]);
	await orders.send(main, workflow, [order]);
	await cluster.kill(cluster.workerOf(await hanging.execution()));
	return orders.paidFor([order]);
}

/** Small rounds, and what n8n makes of an execution whose worker is dead. */
export const roundsScenarios: readonly Scenario[] = [
	{
		name: 'queue mode: a worker killed in a loop of one: one picture is lost',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders, rounds } = cluster;
			const before = sha256OfFiles(main.home.files);
			const [order = 0] = orders.next(1);
			const paid = await killDuring(cluster, rounds, order);
			const ended = await main.session.ended(orders.executionOf(order));
			assert.equal(ended.status, 'error');
			// Nor is anything there for a Retry, although its progress was saved.
			assert.deepEqual(ended.data.resultData.runData, {});
			const retried = await main.session.retry(ended.id).catch((cause: unknown) => cause);
			assert.ok(retried instanceof Refused || runsOf(retried as Execution, SATS4AI) === 0);
			assert.equal(paid.length, REQUESTS);
			assert.equal(orders.paidFor([order]).length, REQUESTS);
			const written = sha256OfFiles(main.home.files).filter((sha256) => !before.includes(sha256));
			const sold = paid.map(({ serial }) => sha256Hex(plainPicture(serial).bytes));
			assert.deepEqual(written, sold.slice(0, REQUESTS - 1).sort());
		},
	},
	{
		name: 'queue mode as n8n comes: what it runs again after a kill is bought again',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, DEFAULT);
			const { main, orders, rounds, atOnce } = cluster;
			const [inRounds = 0, allAtOnce = 0] = orders.next(2);
			const before: number[] = [];
			const statuses: string[] = [];
			for (const [workflow, order] of [
				[rounds, inRounds],
				[atOnce, allAtOnce],
			] as const) {
				before.push((await killDuring(cluster, workflow, order)).length);
				statuses.push((await main.session.ended(orders.executionOf(order))).status);
				await cluster.addWorker(DEFAULT);
			}
			const [paidInRounds = 0, paidAtOnce = 0] = before;
			const payments = [inRounds, allAtOnce].map((order) => orders.paidFor([order]).length);
			process.stdout.write(
				`      n8n ended them as ${statuses.join(' and ')}: in rounds, with progress saved, ` +
					`${paidInRounds} payments before the kill and ${payments.join(' in all; at once ')} in all, ` +
					`${paidAtOnce} of them before it\n`,
			);
			if (app.n8n.runsStalledAgain) {
				assert.deepEqual(statuses, ['success', 'success']);
				// From the round it was in, and from the beginning.
				assert.deepEqual(payments, [PICTURES + 1, PICTURES + paidAtOnce]);
			} else {
				assert.deepEqual(statuses, ['error', 'error']);
				assert.deepEqual(payments, [paidInRounds, paidAtOnce]);
			}
		},
	},
];
