import assert from 'node:assert/strict';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import { ADVISED, Cluster, DEFAULT } from '../queue/cluster';
import { Hanging } from '../queue/hanging';
import { PICTURES } from '../queue/orders';
import { sha256OfFiles } from '../rig/savedBinary';
import type { Scenario } from './scenario';

/** The round in which a worker is killed, by `kill -9` and in the middle of its paid request. */
const LAST_ROUND = 3;

/** Sends an order that is bought in rounds of one picture, and kills its worker in the third. */
async function killInRound(cluster: Cluster): Promise<number> {
	const { main, orders, rounds } = cluster;
	const [order = 0] = orders.next(1);
	const hanging = new Hanging(orders, 'redeem', LAST_ROUND);
	await orders.send(main, rounds, [order]);
	await cluster.kill(cluster.workerOf(await hanging.execution()));
	return order;
}

/** Small rounds, and what n8n makes of an execution whose worker is dead. */
export const roundsScenarios: readonly Scenario[] = [
	{
		name: 'queue mode: a worker killed in a loop of one: one picture is lost',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders } = cluster;
			const before = sha256OfFiles(main.home.files);
			const order = await killInRound(cluster);
			assert.equal((await main.session.ended(orders.executionOf(order))).status, 'error');
			const paid = orders.paidFor([order]);
			assert.equal(paid.length, LAST_ROUND);
			const written = sha256OfFiles(main.home.files).filter((sha256) => !before.includes(sha256));
			const sold = paid.map(({ serial }) => sha256Hex(plainPicture(serial).bytes));
			assert.deepEqual(written, sold.slice(0, LAST_ROUND - 1).sort());
		},
	},
	{
		name: 'queue mode as n8n comes: what it runs again after a kill is bought again',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, DEFAULT);
			const { main, orders } = cluster;
			const order = await killInRound(cluster);
			const { status } = await main.session.ended(orders.executionOf(order));
			const payments = orders.paidFor([order]).length;
			process.stdout.write(`      n8n ended it as ${status}, after ${payments} payments\n`);
			if (app.n8n.runsStalledAgain) {
				assert.equal(status, 'success');
				assert.ok(payments > PICTURES);
			} else {
				assert.equal(status, 'error');
				assert.equal(payments, LAST_ROUND);
			}
		},
	},
];
