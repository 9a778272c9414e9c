import { createHash } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import type { LedgerEntry } from '../../../sandbox/ledger';
import type { App } from '../rig/app';
import type { OrderWorkflow } from './orderWorkflows';

export const PICTURES = 5;

/** Orders of several pictures each; no two pictures are alike. */
export class Orders {
	/** Execution IDs by order. Orders that no worker has taken have none. */
	readonly executions = new Map<number, string>();
	private readonly orderByBody = new Map<string, number>();
	private last = 0;

	constructor(readonly sandbox: Sandbox) {}

	static async open(): Promise<Orders> {
		const settings = { routingFeeMsat: 1000, processingDelayMs: 150 };
		return new Orders(await startSandbox({ pictures: 'plain', ...settings }));
	}

	/** Takes away all faults, and puts one there that never strikes but sees what is asked for. */
	watch(): void {
		this.sandbox.faults.clear();
		this.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'hang' },
			match: ({ body }) => {
				const [, order] = /order (\d+),/.exec(body.toString()) ?? [];
				const sha256 = createHash('sha256').update(body).digest('hex');
				if (order !== undefined) this.orderByBody.set(sha256, Number(order));
				return false;
			},
		});
	}

	/** Numbers for orders that nobody has sent yet. */
	next(count: number): readonly number[] {
		const first = this.last + 1;
		this.last += count;
		return Array.from({ length: count }, (_, index) => first + index);
	}

	/**
	 * Sends orders and waits until a worker has taken each of them, or has ended before.
	 * `requestTimeout` is the node's option, in seconds.
	 */
	async send(
		{ url }: App,
		{ path }: OrderWorkflow,
		orders: readonly number[],
		requestTimeout = 300,
	): Promise<void> {
		await Promise.all(
			orders.map(async (order) => {
				this.executions.delete(order);
				const prompts = Array.from(
					{ length: PICTURES },
					(_, index) => `Lighthouse, order ${order}, picture ${index + 1}`,
				);
				const answer = await fetch(`${url}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ prompts, requestTimeout }),
				});
				const text = (await answer.text()).trim();
				if (answer.ok) this.executions.set(order, text);
			}),
		);
	}

	/** The execution of an order that a worker has taken. */
	executionOf(order: number): string {
		const execution = this.executions.get(order);
		if (execution === undefined) throw new Error(`No worker has taken order ${order}`);
		return execution;
	}

	/** The order that an invoice belongs to. */
	orderOf({ bodySha256 }: LedgerEntry): number {
		return this.orderByBody.get(bodySha256) ?? 0;
	}

	/** Paid invoices of some orders. */
	paidFor(orders: readonly number[]): readonly LedgerEntry[] {
		return this.sandbox.ledger.filter(
			(entry) => entry.paidAt !== null && orders.includes(this.orderOf(entry)),
		);
	}

	/** How often a picture of these orders was paid for, at most. */
	mostPaymentsForOne(orders: readonly number[]): number {
		const payments = new Map<string, number>();
		for (const { bodySha256 } of this.paidFor(orders)) {
			payments.set(bodySha256, (payments.get(bodySha256) ?? 0) + 1);
		}
		return Math.max(...payments.values());
	}
}
