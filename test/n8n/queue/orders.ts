import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../../sandbox/ledger';
import type { SandboxOptions } from '../../../sandbox/options';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import type { GoogleDrive } from '../outside/googleDrive';
import type { App } from '../rig/app';
import type { OrderWorkflow } from './orderWorkflows';

/** Orders of several pictures each; no two pictures are alike. */
export class Orders {
	/** Execution IDs by order. Orders that no worker has taken have none. */
	readonly executions = new Map<number, string>();
	private readonly orderByBody = new Map<string, number>();
	private last = 0;

	constructor(
		readonly sandbox: Sandbox,
		readonly drive: GoogleDrive,
	) {}

	/** With a service and a wallet of their own; `drive` is where pictures may be taken to. */
	static async open(drive: GoogleDrive, options: SandboxOptions = {}): Promise<Orders> {
		const settings = { routingFeeMsat: 1000, processingDelayMs: 150, ...options };
		return new Orders(await startSandbox({ pictures: 'plain', ...settings }), drive);
	}

	/** Takes away all faults, and puts one there that never strikes but sees what is asked for. */
	watch(): void {
		this.sandbox.faults.clear();
		this.drive.uploadFault = () => null;
		this.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'hang' },
			match: ({ body }) => {
				const [, order] = /order (\d+),/.exec(wordsIn(body)) ?? [];
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
	 * Sends orders and waits until a worker has taken each of them, or has ended before. An order
	 * that n8n does not take has no execution.
	 * `requestTimeout` is the node's option, in seconds.
	 */
	async send(
		{ url }: App,
		{ path, bodyOf }: OrderWorkflow,
		orders: readonly number[],
		requestTimeout = 300,
	): Promise<void> {
		await Promise.all(
			orders.map(async (order) => {
				this.executions.delete(order);
				const text = await fetch(`${url}/webhook/${path}`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ ...bodyOf(order), requestTimeout }),
				})
					.then(async (answer) => (answer.ok ? (await answer.text()).trim() : ''))
					// Its main process was killed.
					.catch(() => '');
				if (text !== '') this.executions.set(order, text);
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

/** What is asked for in words: a prompt, or the text in a plain photograph. */
function wordsIn(body: Buffer): string {
	if (body.length === 0) return '';
	const { prompt, image } = JSON.parse(body.toString()) as { prompt?: string; image?: string };
	return prompt ?? Buffer.from(image ?? '', 'base64').toString('latin1');
}
