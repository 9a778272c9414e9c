import { sha256Hex } from '../../../sandbox/requestLog';
import { outputOf, runsOf, type Execution } from '../rig/execution';
import { Refused } from '../rig/restCalls';
import { SATS4AI } from '../workflows/sats4Ai';
import type { Cluster } from './cluster';
import { expectPictures } from './delivered';
import type { Orders } from './orders';
import { endByRestart, settle } from './settle';
import { Unanswered } from './unanswered';
import type { Owner, World } from './world';

const ENDS_WITHIN_MS = 360_000;
const TRIES = 3;

/** All pictures of an order by one call of the node, and no outbox. */
export class AtOnce implements World {
	readonly title = 'without an outbox';
	readonly orders: Orders;
	/** Executions that never ended, and what n8n said of them. */
	private readonly left = new Map<string, string>();
	private readonly unanswered: Unanswered;

	/** `paymentTimeout`: the node's option, in seconds. */
	constructor(
		private readonly cluster: Cluster,
		private readonly paymentTimeout: number,
	) {
		this.orders = cluster.orders;
		this.unanswered = new Unanswered(cluster, this.orders);
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
		const resent: number[] = [];
		for (let left = TRIES; left >= 0; left -= 1) {
			open = await this.unfinished(open);
			if (open.length === 0) return { retried, resent, left: [...this.left.values()] };
			for (const order of open) {
				if (await this.retry(order)) retried += 1;
				else {
					resent.push(order);
					await this.send([order]);
				}
			}
		}
		throw new Error(
			`Not finished: ${(await Promise.all(open.map(async (order) => await this.story(order)))).join('; ')}`,
		);
	}

	async held(sent: readonly number[]): Promise<ReadonlySet<string>> {
		await expectPictures(this.cluster, sent);
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

	/** Once nothing changes any more: those of these orders whose pictures are not there. */
	private async unfinished(orders: readonly number[]): Promise<readonly number[]> {
		const { session } = this.cluster.main;
		await this.unanswered.find(orders);
		const taken = orders.filter((order) => this.orders.executions.has(order));
		const executions = taken.map((order) => this.orders.executionOf(order));
		const hanging = await settle(this.cluster, executions);
		for (const { id, status } of hanging) this.left.set(id, status);
		if (hanging.length > 0) {
			await endByRestart(
				this.cluster,
				hanging.map(({ id }) => id),
			);
		}
		const ended = executions.filter((id) => !this.left.has(id));
		const good = new Set<string>();
		for (const id of ended) if ((await session.ended(id)).status === 'success') good.add(id);
		return orders.filter((order) => !good.has(this.orders.executions.get(order) ?? ''));
	}

	/** How the last execution of an order ended, for whoever has to find out why it did not succeed. */
	private async story(order: number): Promise<string> {
		const id = this.orders.executions.get(order);
		if (id === undefined) return `order ${order} was never taken`;
		const { status, data } = await this.cluster.main.session.ended(id);
		const { lastNodeExecuted, error } = data.resultData;
		return `order ${order}: ${status} at ${lastNodeExecuted}: ${JSON.stringify(error)}`;
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
