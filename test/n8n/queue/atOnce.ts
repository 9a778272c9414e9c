import { setTimeout as wait } from 'node:timers/promises';
import { sha256Hex } from '../../../sandbox/requestLog';
import { outputOf, runsOf, type Execution } from '../rig/execution';
import { Refused } from '../rig/restCalls';
import { until } from '../scenarios/until';
import { SATS4AI } from '../workflows/sats4Ai';
import type { Cluster } from './cluster';
import type { Orders } from './orders';
import type { Owner, World } from './world';

const ENDS_WITHIN_MS = 360_000;
const TRIES = 3;
const POLL_MS = 500;
/** n8n has this time to end by itself what a dead worker had; it takes ten seconds here. */
const GONE_AFTER_POLLS = 60;

/** All pictures of an order by one call of the node, and no outbox. */
export class AtOnce implements World {
	readonly title = 'without an outbox';
	readonly orders: Orders;
	/** Executions that n8n says run, and no worker has. */
	private readonly left = new Set<string>();

	/** `paymentTimeout`: the node's option, in seconds. */
	constructor(
		private readonly cluster: Cluster,
		private readonly paymentTimeout: number,
	) {
		this.orders = cluster.orders;
		this.orders.everyExecution.clear();
	}

	prepare(count: number): readonly number[] {
		return this.orders.next(count);
	}

	async send(orders: readonly number[]): Promise<void> {
		const { main, atOnce } = this.cluster;
		await this.orders.send(main, atOnce, orders, { paymentTimeout: this.paymentTimeout });
	}

	/** *Retry* of what has failed; where n8n has kept nothing for it, the order is sent again. */
	async finish(sent: readonly number[]): Promise<Owner> {
		let open = sent;
		let retried = 0;
		let sentAgain = 0;
		for (let left = TRIES; left >= 0; left -= 1) {
			open = await this.unfinished(open);
			if (open.length === 0) return { retried, sentAgain, leftRunning: this.left.size };
			for (const order of open) {
				if (await this.retry(order)) retried += 1;
				else {
					sentAgain += 1;
					await this.send([order]);
				}
			}
		}
		throw new Error(`Not finished: orders ${open.join(', ')}`);
	}

	async held(sent: readonly number[]): Promise<ReadonlySet<string>> {
		const { session } = this.cluster.main;
		const held = new Set<string>();
		for (const order of sent) {
			const execution = await session.ended(this.orders.executionOf(order));
			for (const { binary } of outputOf(execution, SATS4AI)) {
				held.add(sha256Hex(await session.download(binary?.data?.id ?? '')));
			}
		}
		return held;
	}

	async executions(): Promise<readonly Execution[]> {
		const { session } = this.cluster.main;
		const all = [...this.orders.everyExecution];
		const hasEnded = await Promise.all(all.map(async (id) => await session.hasEnded(id)));
		const ended = all.filter((_, index) => hasEnded[index]);
		return await Promise.all(ended.map(async (id) => await session.ended(id)));
	}

	private async unfinished(orders: readonly number[]): Promise<readonly number[]> {
		const open: number[] = [];
		for (const order of orders) {
			const execution = this.orders.executions.get(order);
			if (execution === undefined || !(await this.isGood(execution))) open.push(order);
		}
		return open;
	}

	/** Whether it comes to a good end; not where no worker is at it, though n8n says that it runs. */
	private async isGood(execution: string): Promise<boolean> {
		const { main, workers } = this.cluster;
		let idlePolls = 0;
		await until(
			`the end of execution ${execution}`,
			async () => {
				if (await main.session.hasEnded(execution)) return true;
				idlePolls = workers.some(({ atWork }) => atWork.includes(execution)) ? 0 : idlePolls + 1;
				await wait(POLL_MS);
				return idlePolls >= GONE_AFTER_POLLS;
			},
			ENDS_WITHIN_MS,
		);
		if (!(await main.session.hasEnded(execution))) {
			this.left.add(execution);
			return false;
		}
		return (await main.session.ended(execution)).status === 'success';
	}

	/** Whether there was anything that a *Retry* could go on with. */
	private async retry(order: number): Promise<boolean> {
		const execution = this.orders.executions.get(order);
		if (execution === undefined || this.left.has(execution)) return false;
		const retried = await this.cluster.main.session
			.retry(execution, ENDS_WITHIN_MS)
			.catch((cause: unknown) => {
				if (cause instanceof Refused) return null;
				throw cause;
			});
		if (retried === null || runsOf(retried, SATS4AI) === 0) return false;
		this.orders.note(order, retried.id);
		return true;
	}
}
