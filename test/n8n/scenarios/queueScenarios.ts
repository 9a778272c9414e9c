import assert from 'node:assert/strict';
import { ADVISED, Cluster } from '../queue/cluster';
import { expectPictures, succeeded } from '../queue/delivered';
import { Hanging } from '../queue/hanging';
import { PICTURES } from '../queue/orderWorkflows';
import { CONCURRENCY } from '../queue/workers';
import type { Scenario } from './scenario';

const ORDERS = 40;
/** Which payment hangs, and which paid request after that. */
const HANGING = { pay: 30, redeem: 20 };
/** Where a worker is killed, one after the other. */
const PLACES = ['pay', 'redeem'] as const;

/** Many machines: what is promised of one process holds for them together. */
export const queueScenarios: readonly Scenario[] = [
	{
		name: `queue mode: ${ORDERS} executions of ${PICTURES}, one payment a picture`,
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders, atOnce, workers } = cluster;
			const sent = orders.next(ORDERS);
			await orders.send(main, atOnce, sent);
			assert.deepEqual(await succeeded(cluster, sent), sent);
			assert.equal(orders.paidFor(sent).length, ORDERS * PICTURES);
			assert.equal(orders.mostPaymentsForOne(sent), 1);
			assert.ok(workers.every(({ started }) => started.length > 0));
			await expectPictures(cluster, sent);
		},
	},
	{
		name: 'queue mode: Retry at another worker: what was paid is delivered, nothing paid again',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders, atOnce, workers } = cluster;
			const [order = 0] = orders.next(1);
			const refused = new Set<string>();
			orders.sandbox.faults.push({
				at: 'redeem',
				fault: { kind: 'status', status: 503 },
				times: Infinity,
				match: ({ paymentHash }) => {
					if (paymentHash !== null && refused.size === 0) refused.add(paymentHash);
					return refused.has(paymentHash ?? '');
				},
			});
			await orders.send(main, atOnce, [order], { requestTimeout: 3 });
			const failed = orders.executionOf(order);
			assert.equal((await main.session.ended(failed)).status, 'error');
			const before = orders.paidFor([order]).length;
			orders.watch();
			const first = workers.find(({ started }) => started.includes(failed));
			assert.ok(first !== undefined);
			await cluster.stop(first);
			const retried = await main.session.retry(failed);
			assert.equal(retried.status, 'success');
			assert.ok(before > 0 && workers.every(({ started }) => started.includes(retried.id)));
			assert.equal(orders.paidFor([order]).length, PICTURES);
			orders.executions.set(order, retried.id);
			await expectPictures(cluster, [order]);
		},
	},
	{
		name: 'queue mode: a worker told to stop finishes what it buys',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders, atOnce } = cluster;
			const sent = orders.next(4);
			orders.sandbox.faults.push({
				at: 'redeem',
				fault: { kind: 'slowDrip', pieces: 10, stepMs: 200 },
				times: 4,
			});
			await orders.send(main, atOnce, sent);
			for (const worker of [...cluster.workers]) await cluster.stop(worker);
			await cluster.addWorker(ADVISED);
			assert.deepEqual(await succeeded(cluster, sent), sent);
			assert.equal(orders.paidFor(sent).length, sent.length * PICTURES);
			await expectPictures(cluster, sent);
		},
	},
	{
		name: 'queue mode: workers killed during a payment and during a paid request',
		part: 'queue',
		run: async (app) => {
			const cluster = await Cluster.beside(app, ADVISED);
			const { main, orders, atOnce } = cluster;
			const sent = orders.next(ORDERS);
			const sending = orders.send(main, atOnce, sent);
			const killed: string[] = [];
			for (const place of PLACES) {
				const hanging = new Hanging(orders, place, HANGING[place], sent);
				const worker = cluster.workerOf(await hanging.execution());
				killed.push(...(await cluster.kill(worker)));
			}
			await Cluster.beside(app, ADVISED);
			await sending;
			const good = await succeeded(cluster, sent);
			const lost = sent.filter((order) => !good.includes(order));
			// Of what a killed worker had at work, some may have been saved just before.
			const known = lost.filter((order) => orders.executions.has(order));
			assert.ok(known.every((order) => killed.includes(orders.executionOf(order))));
			// A worker may have taken what it has not yet said that it started.
			assert.ok(
				lost.length <= PLACES.length * CONCURRENCY,
				'more is lost than they can have taken',
			);
			assert.equal(orders.mostPaymentsForOne(sent), 1, 'n8n ran something again');
			assert.equal(orders.paidFor(good).length, good.length * PICTURES);
			await expectPictures(cluster, good);
			const wasted = orders.paidFor(lost);

			orders.watch();
			await orders.send(main, atOnce, lost);
			assert.deepEqual(await succeeded(cluster, lost), lost);
			assert.equal(orders.paidFor(sent).length, ORDERS * PICTURES + wasted.length);
			const delivered = wasted.filter(({ deliveredAt }) => deliveredAt !== null);
			process.stdout.write(
				`      two workers killed, ${lost.length} of ${ORDERS} executions lost: of their ` +
					`${lost.length * PICTURES} pictures ${wasted.length} were paid for and lost, ` +
					`${delivered.length} of them after the service had delivered them; sent again, they were ` +
					`bought anew: ${orders.paidFor(sent).length} payments for ${ORDERS * PICTURES} pictures\n`,
			);
		},
	},
];
