import { setTimeout as wait } from 'node:timers/promises';
import { ENDED } from '../rig/execution';
import type { Cluster } from './cluster';

/** Longer than the node, n8n's watch over dead workers, and a payment's time limit are still for. */
const QUIET_MS = 60_000;
const WITHIN_MS = 360_000;
const POLL_MS = 500;
/** n8n looks for executions that are in no queue as soon as it has started. */
const SWEPT_WITHIN_MS = 60_000;

/** An execution that has not ended, and its status: `running`, `new`, `unknown` where n8n does not answer. */
export interface Hanging {
	readonly id: string;
	readonly status: string;
}

/**
 * Waits until executions have ended, or nothing has changed for a minute, or six minutes are over.
 * What ends by itself meanwhile is started again. Answers those that have not ended.
 */
export async function settle(
	cluster: Cluster,
	executions: readonly string[],
): Promise<readonly Hanging[]> {
	const { wallet, ledger } = cluster.orders.sandbox;
	const deadline = Date.now() + WITHIN_MS;
	let last = { sight: '', at: Date.now() };
	for (;;) {
		await cluster.revive();
		const all = await Promise.all(executions.map(async (id) => await statusOf(cluster, id)));
		const open = all.filter(({ status }) => !ENDED.includes(status));
		const paid = wallet.payments.filter(({ status }) => status === 'success').length;
		const delivered = ledger.filter(({ deliveredAt }) => deliveredAt !== null).length;
		const atWork = cluster.workers.map((worker) => worker.atWork);
		const sight = JSON.stringify([all, atWork, paid, delivered, ledger.length]);
		if (sight !== last.sight) last = { sight, at: Date.now() };
		const isQuiet = Date.now() - last.at >= QUIET_MS;
		if (open.length === 0 || isQuiet || Date.now() > deadline) return open;
		await wait(POLL_MS);
	}
}

/**
 * Starts the main process again, upon which n8n ends as crashed what is in no queue. Answers
 * whether it has done so to all of these.
 */
export async function endByRestart(
	cluster: Cluster,
	executions: readonly string[],
): Promise<boolean> {
	await cluster.main.restart();
	const deadline = Date.now() + SWEPT_WITHIN_MS;
	for (;;) {
		const all = await Promise.all(executions.map(async (id) => await statusOf(cluster, id)));
		if (all.every(({ status }) => ENDED.includes(status))) return true;
		if (Date.now() > deadline) return false;
		await wait(POLL_MS);
	}
}

/** While its database is away n8n refuses, or does not answer. */
async function statusOf({ main }: Cluster, id: string): Promise<Hanging> {
	return await main.session.stored(id).then(
		({ status }) => ({ id, status }),
		() => ({ id, status: 'unknown' }),
	);
}
