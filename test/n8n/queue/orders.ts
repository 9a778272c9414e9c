import { createHash } from 'node:crypto';
import type { LedgerEntry } from '../../../sandbox/ledger';
import type { SandboxOptions } from '../../../sandbox/options';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import type { GoogleDrive } from '../outside/googleDrive';
import { Line } from '../outside/line';
import type { App } from '../rig/app';
import type { OrderWorkflow } from './orderWorkflows';
import { placeOrder } from './placeOrder';

/** The service hands a picture out again to whoever brings its proof again. */
export const GIVES_AGAIN: SandboxOptions = { allowReplay: true, replaySeconds: 600 };

/** Orders of several pictures each; no two pictures are alike. */
export class Orders {
	/** The last execution of each order. Orders that no worker has taken have none. */
	readonly executions = new Map<number, string>();
	/** All executions of all orders. */
	readonly everyExecution = new Set<string>();
	private readonly orderByBody = new Map<string, number>();
	private last = 0;

	private constructor(
		readonly sandbox: Sandbox,
		readonly drive: GoogleDrive,
		/** The ways that n8n reaches service and wallet by. */
		readonly lines: { readonly service: Line; readonly wallet: Line },
	) {}

	/** With a service and a wallet of their own; `drive` is where pictures may be taken to. */
	static async open(drive: GoogleDrive, options: SandboxOptions = {}): Promise<Orders> {
		const settings = { routingFeeMsat: 1000, processingDelayMs: 150, ...options };
		return await Orders.of(await startSandbox({ pictures: 'plain', ...settings }), drive);
	}

	static async of(sandbox: Sandbox, drive: GoogleDrive): Promise<Orders> {
		const lines = {
			service: await Line.open(sandbox.serviceUrl),
			wallet: await Line.open(sandbox.walletUrl),
		};
		return new Orders(sandbox, drive, lines);
	}

	async close(): Promise<void> {
		await Promise.all(Object.values(this.lines).map(async (line) => await line.close()));
		await this.sandbox.close();
	}

	/** Takes away all faults, mends the lines, and puts one there that never strikes but sees what is asked for. */
	watch(): void {
		this.sandbox.faults.clear();
		for (const line of Object.values(this.lines)) {
			line.delayMs = 0;
			line.mend();
		}
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
	 * The time limits are the node's options, in seconds.
	 */
	async send(
		{ url }: App,
		{ path, bodyOf }: OrderWorkflow,
		orders: readonly number[],
		{ requestTimeout = 300, paymentTimeout = 60 } = {},
	): Promise<void> {
		await Promise.all(
			orders.map(async (order) => {
				this.executions.delete(order);
				const body = { ...bodyOf(order), requestTimeout, paymentTimeout };
				const text = await placeOrder(`${url}/webhook/${path}`, body);
				if (text !== '') this.note(order, text);
			}),
		);
	}

	/** Another execution of an order, as a *Retry* makes one. */
	note(order: number, execution: string): void {
		this.executions.set(order, execution);
		this.everyExecution.add(execution);
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
	const { input, image } = JSON.parse(body.toString()) as {
		input?: { prompt?: string };
		image?: string;
	};
	return input?.prompt ?? Buffer.from(image ?? '', 'base64').toString('latin1');
}
