import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxOptions } from '../../../sandbox/options';
import { plainPicture, plainPng } from '../../../sandbox/pictures/plainPicture';
import { sha256Hex } from '../../../sandbox/requestLog';
import { makeOutbox } from '../examples/installExample';
import type { Row } from '../rig/dataTable';
import type { SavedWorkflow } from '../rig/session';
import { until } from '../scenarios/until';
import type { Cluster } from './cluster';
import { PICTURES, type OrderWorkflow } from './orderWorkflows';
import { Orders } from './orders';
import { folderOf, installBatch, installSweep, type OutboxParts } from './outboxWorkflows';
import type { Worker } from './workers';

const FINISHES_WITHIN_MS = 30 * 60_000;
const QUIET_POLLS = 3;
const POLL_MS = 1_000;

/** What stands in the books at the end, the wallet's, the service's and the folder's. */
export interface Tally {
	/** Of the wallet; and invoices that the service counts as paid. */
	readonly payments: number;
	readonly paidInvoices: number;
	/** Pay calls beyond the first for an invoice. */
	readonly payCallsTooMany: number;
	/** Photographs that were paid for more than once. */
	readonly paidTwice: number;
	/** Different pictures in the folder, and how many files hold one that is there already. */
	readonly uploaded: number;
	readonly uploadedAgain: number;
	/** Paid for, and not in the folder. */
	readonly lost: number;
	/** Rows that a sweep had in hand; rows beside an earlier one; rows that are not done. */
	readonly swept: number;
	readonly double: number;
	readonly open: readonly Row[];
}

/** Its picture is in the folder, or another row has the same photograph. */
const isClosed = ({ status }: Row): boolean => status === 'done' || status === 'double';

/** The outbox of `examples/` in queue mode: batches come over a webhook, the sweep by its schedule. */
export class Outbox {
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
		main.companions.push(orders.sandbox);
		orders.watch();
		const parts = { main, orders, table: await makeOutbox(main) };
		const batch = await installBatch(parts);
		await main.session.activate(batch);
		return new Outbox(cluster, parts, batch, await installSweep(parts, quick));
	}

	get orders(): Orders {
		return this.parts.orders;
	}

	/** Puts the photographs of some orders into their folders. Answers the orders. */
	photographs(count: number): readonly number[] {
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
	async finish(sent: readonly number[]): Promise<void> {
		const { session } = this.parts.main;
		await session.activate(this.sweeper);
		try {
			await this.untilAllAreDone(sent);
		} finally {
			await session.deactivate(this.sweeper);
		}
	}

	private async untilAllAreDone(sent: readonly number[]): Promise<void> {
		const deadline = Date.now() + FINISHES_WITHIN_MS;
		for (;;) {
			await this.untilIdle(this.cluster.workers);
			const rows = await this.parts.table.rows();
			const known = new Set(rows.map(({ fileId }) => fileId));
			const missing = sent.filter((order) =>
				this.orders.drive.in(folderOf(order)).some(({ id }) => !known.has(id)),
			);
			if (missing.length > 0) await this.send(missing);
			else if (rows.every(isClosed)) return;
			if (Date.now() > deadline) throw new Error(`Not finished: ${JSON.stringify(rows)}`);
		}
	}

	/** The books, once all is done that will be. */
	async tally(sent: readonly number[]): Promise<Tally> {
		const { sandbox, drive } = this.orders;
		const paid = this.orders.paidFor(sent);
		const perPhotograph = new Map<string, number>();
		for (const { bodySha256 } of paid) {
			perPhotograph.set(bodySha256, (perPhotograph.get(bodySha256) ?? 0) + 1);
		}
		const files = drive.sha256In('IN_COLOR');
		const uploaded = new Set(files);
		const settled = sandbox.wallet.payments.filter(({ status }) => status !== 'failed');
		const rows = await this.parts.table.rows();
		return {
			payments: settled.length,
			paidInvoices: sandbox.ledger.filter(({ paidAt }) => paidAt !== null).length,
			payCallsTooMany: sandbox.wallet.payments.reduce((sum, { payCalls }) => sum + payCalls - 1, 0),
			paidTwice: [...perPhotograph.values()].filter((payments) => payments > 1).length,
			uploaded: uploaded.size,
			uploadedAgain: files.length - uploaded.size,
			lost: paid.filter(({ serial }) => !uploaded.has(sha256Hex(plainPicture(serial).bytes)))
				.length,
			swept: rows.filter(({ tries }) => Number(tries) > 0).length,
			double: rows.filter(({ status }) => status === 'double').length,
			open: rows.filter((row) => !isClosed(row)),
		};
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
