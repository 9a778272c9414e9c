import assert from 'node:assert/strict';
import type { Cut } from '../outside/line';
import { until } from '../scenarios/until';
import type { Cluster } from './cluster';
import type { Counting } from './count';
import { Hanging } from './hanging';
import type { World } from './world';

const HAPPENS_WITHIN_MS = 300_000;
/** Where orders are at work when something happens. */
export interface Scene {
	readonly cluster: Cluster;
	readonly world: World;
	readonly sent: readonly number[];
	readonly counting: Counting;
	/** How many payments have been made by then, and for how long a line is cut. */
	readonly payments: number;
	readonly outageMs: number;
}

export interface Disaster {
	readonly name: string;
	/** Answers what there is to be said of it, if anything. */
	readonly strike: (scene: Scene) => Promise<string>;
}

async function paid({ counting, payments }: Scene): Promise<void> {
	await until(`${payments} payments`, () => counting.settled.length >= payments, HAPPENS_WITHIN_MS);
}

function cutOff(side: 'wallet' | 'service', how: Cut): Disaster {
	const words = how === 'reset' ? 'connections reset' : 'connections silent';
	return {
		name: `the ${side} cut off, ${words}`,
		strike: async (scene) => {
			await paid(scene);
			await scene.world.orders.lines[side].cutFor(how, scene.outageMs);
			return '';
		},
	};
}

export const cutOffs: readonly Disaster[] = (['wallet', 'service'] as const).flatMap((side) => [
	cutOff(side, 'reset'),
	cutOff(side, 'silent'),
]);

export const restarts: readonly Disaster[] = [
	{
		name: 'PostgreSQL restarted',
		strike: async (scene) => {
			await paid(scene);
			await scene.cluster.stores.restartPostgres();
			return '';
		},
	},
	{
		name: 'Redis restarted, empty',
		strike: async (scene) => {
			await paid(scene);
			await scene.cluster.stores.restartRedis();
			return '';
		},
	},
];

/**
 * A worker stands still during a payment until n8n has given it up, and then goes on; `meanwhile`:
 * the owner has sent again what n8n had ended as failed.
 */
export function sleep(name: string, meanwhile: 'waits' | 'sends again'): Disaster {
	return {
		name,
		strike: async ({ cluster, world, sent, counting, payments, outageMs }) => {
			const { orders } = world;
			const hanging = new Hanging(orders, 'pay', payments, sent);
			const sleeper = cluster.workerOf(await hanging.execution());
			sleeper.pause();
			const asleep = sleeper.atWork.filter((id) => orders.everyExecution.has(id));
			assert.ok(asleep.length > 0);
			const others = cluster.workers.filter((worker) => worker !== sleeper);
			await until(
				'n8n to give up a worker',
				async () => await areGivenUp(cluster, asleep, others),
				HAPPENS_WITHIN_MS,
			);
			if (meanwhile === 'sends again') {
				const lost = sent.filter((order) => asleep.includes(orders.executions.get(order) ?? ''));
				await world.send(lost);
			}
			sleeper.goOn();
			await untilNothingIsPaid(counting, 2 * outageMs);
			const statuses = await Promise.all(
				asleep.map(async (id) => (await cluster.main.session.ended(id)).status),
			);
			return `${asleep.length} executions asleep, in the end ${statuses.join(', ')}`;
		},
	};
}

/** An execution that n8n has given up is not always said to be finished by the worker that wakes. */
async function untilNothingIsPaid(counting: Counting, quietMs: number): Promise<void> {
	let last = { payments: counting.settled.length, at: Date.now() };
	await until(
		'an end of payments',
		() => {
			const payments = counting.settled.length;
			if (payments !== last.payments) last = { payments, at: Date.now() };
			return Date.now() - last.at >= quietMs;
		},
		HAPPENS_WITHIN_MS,
	);
}

/** Whether each of these executions has ended, or is at another worker. */
async function areGivenUp(
	{ main }: Cluster,
	executions: readonly string[],
	others: Cluster['workers'],
): Promise<boolean> {
	for (const id of executions) {
		const isElsewhere = others.some(({ started }) => started.includes(id));
		if (!isElsewhere && !(await main.session.hasEnded(id))) return false;
	}
	return true;
}
