import assert from 'node:assert/strict';
import { ADVISED, Cluster } from '../queue/cluster';
import { expectPictures } from '../queue/delivered';
import { byHand, PICTURES } from '../queue/orderWorkflows';
import { outputOf } from '../rig/execution';
import { SATS4AI } from '../workflows/sats4Ai';
import { manualTrigger } from '../workflows/steps';
import type { Scenario } from './scenario';

/** Starts an order by hand, and waits for its end at a worker. */
async function execute(cluster: Cluster, order: number, requestTimeout: number) {
	const { main, orders, shop } = cluster;
	const saved = await main.session.createWorkflow(byHand(shop, order, requestTimeout));
	return async () => {
		const id = await main.session.start(saved, manualTrigger.name);
		orders.note(order, id);
		const execution = await main.session.ended(id);
		const worker = cluster.workers.find(({ started }) => started.includes(id));
		assert.ok(worker !== undefined, 'no worker had it, although it was to be offloaded');
		return { execution, worker };
	};
}

/** `OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS=true`: what is started in the editor runs at a worker. */
export const byHandQueueScenarios: readonly Scenario[] = [
	{
		name: 'queue mode, by hand at a worker: one payment a picture',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { orders } = cluster;
			const [order = 0] = orders.next(1);
			const { execution } = await (await execute(cluster, order, 300))();
			assert.equal(execution.status, 'success');
			assert.equal(orders.paidFor([order]).length, PICTURES);
			await expectPictures(cluster, [order]);
		},
	},
	{
		name: 'queue mode, by hand at a worker: Retry finishes; another run at another worker buys',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders } = cluster;
			const [order = 0] = orders.next(1);
			const broken = { kind: 'status', status: 503 } as const;
			orders.sandbox.faults.push({ at: 'redeem', fault: broken, times: Infinity });
			const run = await execute(cluster, order, 3);
			const failed = await run();
			assert.equal(failed.execution.status, 'error');
			const paid = orders.paidFor([order]).length;
			assert.ok(paid > 0);
			orders.watch();
			// Its memory of what is open goes with it.
			await cluster.stop(failed.worker);
			const again = await run();
			assert.equal(again.execution.status, 'success');
			assert.equal(orders.paidFor([order]).length, paid + PICTURES);

			const retried = await main.session.retry(failed.execution.id);
			assert.equal(retried.status, 'success');
			assert.equal(orders.paidFor([order]).length, 2 * PICTURES);
			for (const execution of [again.execution, retried]) {
				assert.equal(outputOf(execution, SATS4AI).length, PICTURES);
			}
			process.stdout.write(
				`      ${paid} payments before the failure; another run at another worker: ${PICTURES} more; ` +
					`Retry of the failed one: ${PICTURES - paid} more\n`,
			);
		},
	},
];
