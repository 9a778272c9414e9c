import assert from 'node:assert/strict';
import { AtOnce } from '../queue/atOnce';
import { ADVISED, Cluster, DEFAULT } from '../queue/cluster';
import { Counting, countLine, type Count } from '../queue/count';
import { cutOffs, restarts, sleep, type Disaster } from '../queue/disasters';
import { GIVES_AGAIN } from '../queue/orders';
import { Outbox } from '../queue/outbox';
import type { World } from '../queue/world';
import type { App } from '../rig/app';
import type { Scenario } from './scenario';

/** The time limit of a payment is as long as the outage: some end before, some after it. */
const USUAL = { orders: 12, payments: 20, outageMs: 10_000 };
const FULL = { orders: 40, payments: 60, outageMs: 60_000 };
/** Of each line, in each direction: something is always under way. */
const LATENCY_MS = 40;

type Opened = (cluster: Cluster, full: boolean) => World | Promise<World>;

const openAtOnce: Opened = (cluster, full) =>
	new AtOnce(cluster, (full ? FULL : USUAL).outageMs / 1000);

const openOutbox: Opened = async (cluster, full) => await Outbox.open(cluster, GIVES_AGAIN, !full);

/** Orders are at work, something happens, their owner does what is left. Then the books are read. */
async function through(
	app: App,
	full: boolean,
	open: Opened,
	settings: NodeJS.ProcessEnv,
	disaster: Disaster,
): Promise<Count> {
	const { orders: count, ...scene } = full ? FULL : USUAL;
	const cluster = await Cluster.beside(app, settings);
	const world = await open(cluster, full);
	const { orders } = world;
	for (const line of Object.values(orders.lines)) line.delayMs = LATENCY_MS;
	const sent = world.prepare(count);
	const counting = new Counting(orders);
	const sending = world.send(sent);
	const said = await disaster.strike({ cluster, world, sent, counting, ...scene });
	orders.watch();
	await cluster.revive();
	await sending;
	const owner = await world.finish(sent);
	const counted = await counting.count(world, sent, owner);
	process.stdout.write(countLine(`${disaster.name}; ${world.title}`, counted));
	const left = list('n8n never ended', owner.left);
	const ended = list('ended by itself', cluster.revived.splice(0));
	for (const line of [said, left, ended].filter(Boolean)) process.stdout.write(`        ${line}\n`);
	return counted;
}

const list = (what: string, of: readonly string[]): string =>
	of.length === 0 ? '' : `${what}: ${of.join(', ')}`;

function scenario(
	title: string,
	open: Opened,
	disaster: Disaster,
	settings: NodeJS.ProcessEnv,
	expect: (count: Count) => void,
): Scenario {
	return {
		name: `queue mode, outage: ${disaster.name}; ${title}`,
		part: 'queue',
		run: async (app, _screenshots, full) => {
			const count = await through(app, full, open, settings, disaster);
			assert.equal(count.paidInvoices, count.payments);
			assert.equal(count.held, count.pictures);
			assert.equal(count.payments, count.pictures + count.again);
			expect(count);
		},
	};
}

const paidOnce = ({ again, lost }: Count): void => assert.deepEqual([again, lost], [0, 0]);

/** Nothing is paid for twice but what n8n has run twice, or lost and its owner has sent again. */
const notDearer = ({ again, lost, payCallsTooMany }: Count): void => {
	assert.ok(again >= lost);
	assert.equal(payCallsTooMany, 0);
};

/** What is bought twice was in an execution that n8n lost, and that its owner sent again. */
const lostAtMost = (count: Count): void => {
	notDearer(count);
	assert.equal(count.againBySelf, 0);
	assert.equal(count.again, count.lost);
};

const AS_IT_COMES = sleep('a worker asleep past its lock, n8n as it comes', 'waits');

const withoutOutbox = (
	disaster: Disaster,
	settings: NodeJS.ProcessEnv,
	expect: (count: Count) => void,
): Scenario => scenario('without an outbox', openAtOnce, disaster, settings, expect);

export const outageScenarios: readonly Scenario[] = [
	...cutOffs.map((disaster) => withoutOutbox(disaster, ADVISED, paidOnce)),
	...restarts.map((disaster) => withoutOutbox(disaster, ADVISED, lostAtMost)),
	// n8n runs again, or loses, what was bought: that is printed.
	withoutOutbox(sleep('a worker asleep past its lock', 'waits'), ADVISED, notDearer),
	withoutOutbox(
		sleep('a worker asleep past its lock, sent again meanwhile', 'sends again'),
		ADVISED,
		notDearer,
	),
	withoutOutbox(AS_IT_COMES, DEFAULT, notDearer),
	scenario('with the outbox', openOutbox, AS_IT_COMES, DEFAULT, paidOnce),
];
