import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { ADVISED, Cluster } from '../queue/cluster';
import { Hanging, type Place } from '../queue/hanging';
import { PICTURES } from '../queue/orderWorkflows';
import { GIVES_AGAIN } from '../queue/orders';
import { Outbox } from '../queue/outbox';
import { tallyOf } from '../queue/outboxTally';
import type { Scenario } from './scenario';
import { until } from './until';

/** Executions, and which purchase it is that each fault strikes. */
const USUAL = { orders: 12, purchase: 3 };
const FULL = { orders: 40, purchase: 20 };

/** During a payment, during a paid request, and twice between payment and row. */
const PLACES = ['pay', 'redeem', 'upload', 'uploaded'] as const satisfies readonly Place[];

/** What happens to the machines while `sent` is at work. */
type Disaster = (
	cluster: Cluster,
	outbox: Outbox,
	sent: readonly number[],
	purchase: number,
) => Promise<void>;

const killWorkers: Disaster = async (cluster, outbox, sent, purchase) => {
	const { orders } = outbox;
	const hangAt = (place: Place): Hanging => new Hanging(orders, place, purchase, sent);
	let hanging = hangAt('pay');
	for (const next of [...PLACES.slice(1), null]) {
		const killed = await cluster.kill(cluster.workerOf(await hanging.execution()));
		// Before a worker starts, which takes a while: there must be something left to buy.
		if (next !== null) hanging = hangAt(next);
		await cluster.addWorker(ADVISED);
		// Nobody is at them any more: their owner starts them again.
		const ended = sent.filter((order) => killed.includes(orders.executions.get(order) ?? ''));
		void outbox.send(ended);
	}
};

/** Waits until so many pictures are paid for. */
async function paid({ orders }: Outbox, sent: readonly number[], count: number): Promise<void> {
	await until(`${count} payments`, () => orders.paidFor(sent).length >= count, 600_000);
}

const killMain: Disaster = async ({ main }, outbox, sent, purchase) => {
	await paid(outbox, sent, purchase);
	await main.killAndStart();
};

const restartRedis: Disaster = async ({ stores }, outbox, sent, purchase) => {
	await paid(outbox, sent, purchase);
	await stores.restartRedis();
};

/** A worker sleeps with batches in hand; they are started again elsewhere, and then it goes on. */
const pauseWorker: Disaster = async (cluster, outbox, sent, purchase) => {
	await paid(outbox, sent, purchase);
	const [sleeper] = cluster.workers.filter(({ atWork }) => atWork.length > 0);
	assert.ok(sleeper !== undefined, 'no worker has anything at work');
	sleeper.pause();
	const { executions } = outbox.orders;
	const asleep = sent.filter((order) => sleeper.atWork.includes(executions.get(order) ?? ''));
	await outbox.send(asleep);
	await outbox.untilIdle(cluster.workers.filter((worker) => worker !== sleeper));
	sleeper.goOn();
};

/** Orders go through the outbox, something happens, the sweep finishes. Then the books are read. */
async function throughOutbox(app: App, full: boolean, disaster: Disaster) {
	const { orders: count, purchase } = full ? FULL : USUAL;
	const cluster = await Cluster.beside(app, ADVISED);
	const outbox = await Outbox.open(cluster, GIVES_AGAIN, !full);
	const sent = outbox.prepare(count);
	void outbox.send(sent);
	await disaster(cluster, outbox, sent, purchase);
	await outbox.finish(sent);
	const tally = await tallyOf(outbox, sent);
	process.stdout.write(
		`      ${count} executions of ${PICTURES}: ${tally.payments} payments of the wallet, ` +
			`${tally.paidInvoices} paid invoices of the service, ${tally.uploaded} pictures uploaded, ` +
			`${tally.uploadedAgain} of them twice; ${tally.lost} paid and lost, ${tally.paidTwice} paid ` +
			`twice; ${tally.swept} rows were finished or tried by the sweep, ` +
			`${tally.double} stepped back for another\n`,
	);
	const pictures = count * PICTURES;
	assert.deepEqual([tally.payments, tally.paidInvoices], [pictures, pictures]);
	assert.deepEqual([tally.paidTwice, tally.payCallsTooMany], [0, 0]);
	assert.equal(tally.uploaded, pictures - tally.lost);
	return tally;
}

const nothingLost = (name: string, disaster: Disaster, leastSwept: number): Scenario => ({
	name: `queue mode, outbox: ${name}: each picture paid once, none lost`,
	part: 'queue',
	run: async (app, _screenshots, full) => {
		const tally = await throughOutbox(app, full, disaster);
		assert.equal(tally.lost, 0);
		assert.deepEqual(tally.open, []);
		assert.ok(tally.swept >= leastSwept, 'the sweep had nothing to do');
	},
});

/** The outbox of the examples on many machines, with what may happen to them. */
export const outboxQueueScenarios: readonly Scenario[] = [
	nothingLost('a worker paused, its batches started again', pauseWorker, 0),
	nothingLost('workers killed at four places', killWorkers, PLACES.length),
	nothingLost('the main process killed', killMain, 0),
	nothingLost('Redis restarted, empty', restartRedis, 0),
];
