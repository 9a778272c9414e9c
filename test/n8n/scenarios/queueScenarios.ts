import assert from 'node:assert/strict';
import { Cluster } from '../queue/cluster';
import { ORDERS, Orders, PICTURES } from '../queue/orders';
import { queuePrograms } from '../queue/programs';
import type { App } from '../rig/app';
import { packPackage } from '../rig/packedPackage';
import type { Scenario } from './scenario';
import { until } from './until';

const WORKERS = 2;
/** The payment and the paid request that hang, by their place in the order of payments. */
const HANGING_PAYMENT = 30;
const HANGING_REQUEST = 90;
const allOrders = Array.from({ length: ORDERS }, (_, index) => index + 1);

/** Opens a cluster with two workers that takes orders. */
async function withCluster(
	{ n8n }: App,
	work: (cluster: Cluster, orders: Orders) => Promise<void>,
): Promise<void> {
	const programs = queuePrograms();
	assert.ok(programs !== null);
	const packed = await packPackage();
	const orders = await Orders.open();
	try {
		const cluster = await Cluster.open(n8n, packed, programs, orders.sandbox);
		try {
			await orders.accept(cluster.main);
			for (let count = 0; count < WORKERS; count += 1) await cluster.addWorker();
			await work(cluster, orders);
		} finally {
			await cluster.close();
		}
	} finally {
		await orders.sandbox.close();
		packed.remove();
	}
}

/** One payment, and later one paid request, that hang: who waits there is killed. */
class Hanging {
	private readonly seen = { pay: new Set<string>(), redeem: new Set<string>() };
	/** Payment hash of the one that hangs; null as long as none does. */
	readonly struck: { pay: string | null; redeem: string | null } = { pay: null, redeem: null };

	constructor({ sandbox }: Orders) {
		const strikes = (at: 'pay' | 'redeem', place: number) => (hash: string | null) => {
			if (hash === null || this.struck[at] !== null) return false;
			this.seen[at].add(hash);
			if (this.seen[at].size < place) return false;
			this.struck[at] = hash;
			return true;
		};
		const pays = strikes('pay', HANGING_PAYMENT);
		const redeems = strikes('redeem', HANGING_REQUEST);
		sandbox.faults.push({
			at: 'pay',
			fault: { kind: 'hangAfter' },
			match: ({ paymentHash }) => pays(paymentHash),
		});
		sandbox.faults.push({
			at: 'redeem',
			fault: { kind: 'hang' },
			match: ({ paymentHash }) => redeems(paymentHash),
		});
	}
}

/** Orders whose executions have succeeded. */
async function succeeded(cluster: Cluster, orders: Orders, killed: readonly string[]) {
	const { session } = cluster.main;
	const good: number[] = [];
	for (const [order, execution] of orders.executions) {
		if (killed.includes(execution)) continue;
		const { status } = await session.ended(execution);
		if (status === 'success') good.push(order);
	}
	return good;
}

export const queueScenarios: readonly Scenario[] = [
	{
		name: `queue mode: ${ORDERS} executions of ${PICTURES}, one payment a picture`,
		part: 'queue',
		run: async (app) => {
			await withCluster(app, async (cluster, orders) => {
				await orders.send(cluster.main, allOrders);
				assert.deepEqual(await succeeded(cluster, orders, []), [...orders.executions.keys()]);
				assert.equal(orders.paidByPicture.size, ORDERS * PICTURES);
				assert.equal(orders.paidFor(allOrders).length, ORDERS * PICTURES);
				assert.ok(cluster.workers.every(({ started }) => started.length > 0));
			});
		},
	},
	{
		name: 'queue mode: workers killed during a payment and a paid request',
		part: 'queue',
		run: async (app) => {
			await withCluster(app, async (cluster, orders) => {
				const hanging = new Hanging(orders);
				const sent = orders.send(cluster.main, allOrders);
				const killed: string[] = [];
				for (const at of ['pay', 'redeem'] as const) {
					await until(`a hanging ${at}`, () => hanging.struck[at] !== null, 120_000);
					const entry = orders.sandbox.ledger.find(
						({ paymentHash }) => paymentHash === hanging.struck[at],
					);
					assert.ok(entry !== undefined);
					killed.push(...(await cluster.killWorkerOf(orders.executionOf(entry))));
					await cluster.addWorker();
				}
				await sent;
				const good = await succeeded(cluster, orders, killed);
				const lost = allOrders.filter((order) => !good.includes(order));
				const paidAndLost = orders.paidFor(lost);

				assert.equal(lost.length, killed.length, 'only what a killed worker had is lost');
				assert.equal(orders.paidFor(good).length, good.length * PICTURES);
				for (const paid of orders.paidByPicture.values()) assert.equal(paid.length, 1);

				await orders.send(cluster.main, lost);
				assert.equal((await succeeded(cluster, orders, [])).length, ORDERS);
				const total = orders.paidFor(allOrders).length;
				assert.equal(total, ORDERS * PICTURES + paidAndLost.length);
				process.stdout.write(
					`      ${killed.length} executions were at work at the two killed workers; of their ` +
						`${lost.length * PICTURES} pictures ${paidAndLost.length} were paid, and ` +
						`${paidAndLost.filter(({ deliveredAt }) => deliveredAt !== null).length} delivered; ` +
						`run again, they were bought anew: ${total} payments for ${ORDERS * PICTURES} pictures\n`,
				);
			});
		},
	},
];
