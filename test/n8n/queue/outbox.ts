import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxOptions } from '../../../sandbox/options';
import { plainPng } from '../../../sandbox/pictures/plainPicture';
import { makeOutbox } from '../examples/installExample';
import type { DataTable, Row } from '../rig/dataTable';
import type { Execution } from '../rig/execution';
import type { SavedWorkflow } from '../rig/session';
import { until } from '../scenarios/until';
import type { Cluster } from './cluster';
import { PICTURES, type OrderWorkflow } from './orderWorkflows';
import { Orders } from './orders';
import { folderOf, installBatch, installSweep, type OutboxParts } from './outboxWorkflows';
import type { Worker } from './workers';
import type { Owner, World } from './world';

const FINISHES_WITHIN_MS = 30 * 60_000;
const QUIET_POLLS = 3;
const POLL_MS = 1_000;

/** Its picture is in the folder, or another row has the same photograph. */
export const isClosed = ({ status }: Row): boolean => status === 'done' || status === 'double';

/** The outbox of `examples/` in queue mode: batches come over a webhook, the sweep by its schedule. */
export class Outbox implements World {
	readonly title = 'with the outbox';

	private constructor(
		private readonly cluster: Cluster,
		private readonly parts: OutboxParts,
		private readonly batch: OrderWorkflow & SavedWorkflow,
		private readonly sweeper: SavedWorkflow,
	) {}

	/** `quick`: the sweep needs seconds where it takes minutes as it comes. */
	static async open(cluster: Cluster, service: SandboxOptions, quick: boolean): Promise<Outbox> {
		const { main } = cluster;
		const orders = await Orders.open(main.outside.drive, service);
		main.companions.push(orders);
		orders.watch();
		const parts = { main, orders, table: await makeOutbox(main) };
		const batch = await installBatch(parts);
		await main.session.activate(batch);
		return new Outbox(cluster, parts, batch, await installSweep(parts, quick));
	}

	get orders(): Orders {
		return this.parts.orders;
	}

	get table(): DataTable {
		return this.parts.table;
	}

	/** Puts the photographs of some orders into their folders. */
	prepare(count: number): readonly number[] {
		const { drive } = this.orders;
		const orders = this.orders.next(count);
		for (const order of orders) {
			for (let picture = 1; picture <= PICTURES; picture += 1) {
				const bytes = plainPng('photograph', `order ${order}, picture ${picture}`);
				const file = { name: `${order}-${picture}.png`, mimeType: 'image/png', bytes };
				drive.put(folderOf(order), file);
			}
		}
		return orders;
	}

	async send(orders: readonly number[]): Promise<void> {
		await this.orders.send(this.parts.main, this.batch, orders);
	}

	/**
	 * Starts the sweep, and each order again of which a photograph has no row, as its owner would.
	 * Waits until every row is done.
	 */
	async finish(sent: readonly number[]): Promise<Owner> {
		const { session } = this.parts.main;
		await session.activate(this.sweeper);
		try {
			return { retried: 0, resent: await this.untilAllAreDone(sent), left: [] };
		} finally {
			await session.deactivate(this.sweeper);
		}
	}

	async held(): Promise<ReadonlySet<string>> {
		return new Set(this.orders.drive.sha256In('IN_COLOR'));
	}

	async executions(): Promise<readonly Execution[]> {
		const { session } = this.parts.main;
		const lists = await Promise.all(
			[this.batch, this.sweeper].map(async (workflow) => await session.executionsOf(workflow)),
		);
		const ended: Execution[] = [];
		for (const id of lists.flat()) {
			if (await session.hasEnded(id)) ended.push(await session.ended(id));
		}
		return ended;
	}

	/** Answers which orders had to be sent again, once for each time. */
	private async untilAllAreDone(sent: readonly number[]): Promise<readonly number[]> {
		const resent: number[] = [];
		const deadline = Date.now() + FINISHES_WITHIN_MS;
		for (;;) {
			await this.untilIdle(this.cluster.workers);
			const rows = await this.parts.table.rows();
			const known = new Set(rows.map(({ fileId }) => fileId));
			const missing = sent.filter((order) =>
				this.orders.drive.in(folderOf(order)).some(({ id }) => !known.has(id)),
			);
			resent.push(...missing);
			if (missing.length > 0) await this.send(missing);
			else if (rows.every(isClosed)) return resent;
			if (Date.now() > deadline) throw new Error(`Not finished: ${JSON.stringify(rows)}`);
		}
	}

	/** Waits until none of these workers has had a batch at work for a while. */
	async untilIdle(workers: readonly Worker[]): Promise<void> {
		let quiet = 0;
		await until(
			'workers without a batch',
			async () => {
				await wait(POLL_MS);
				const batches = await this.parts.main.session.executionsOf(this.batch);
				const isBusy = workers.some(({ atWork }) =>
					atWork.some((execution) => batches.includes(execution)),
				);
				quiet = isBusy ? 0 : quiet + 1;
				return quiet >= QUIET_POLLS;
			},
			FINISHES_WITHIN_MS,
		);
	}
}
