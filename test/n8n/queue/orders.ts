import { createHash } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import type { App } from '../rig/app';
import type { LedgerEntry } from '../../../sandbox/ledger';
import { savedWallet } from '../scenarios/purchase';
import { sats4Ai } from '../workflows/sats4Ai';
import { workflow, type Step } from '../workflows/workflow';

export const ORDERS = 40;
export const PICTURES = 5;

const orderHook: Step = {
	name: 'Order',
	type: 'n8n-nodes-base.webhook',
	typeVersion: 2,
	parameters: { httpMethod: 'POST', path: 'order', responseMode: 'responseNode', options: {} },
	settings: { webhookId: '3f3f1d5e-0a57-4b0f-9d0e-5f6a0f1f0009' },
};

/** The caller learns the execution's ID before anything is bought. */
const answerId: Step = {
	name: 'Answer',
	type: 'n8n-nodes-base.respondToWebhook',
	typeVersion: 1.1,
	parameters: { respondWith: 'text', responseBody: '={{ $execution.id }}', options: {} },
};

const splitOut: Step = {
	name: 'Pictures',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.prompts', options: { destinationFieldName: 'prompt' } },
};

/** An execution for each order, of several pictures each; no two pictures are alike. */
export class Orders {
	/** Execution IDs by order. */
	readonly executions = new Map<number, string>();
	private readonly orderByBody = new Map<string, number>();

	constructor(readonly sandbox: Sandbox) {
		// A fault that never strikes sees what is asked for.
		sandbox.faults.push({
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

	static async open(): Promise<Orders> {
		const settings = { routingFeeMsat: 1000, processingDelayMs: 150 };
		return new Orders(await startSandbox({ pictures: 'plain', ...settings }));
	}

	/** Saves and activates the workflow that takes orders. */
	async accept(app: App): Promise<void> {
		const buy = sats4Ai({
			serviceUrl: this.sandbox.serviceUrl,
			credential: await savedWallet(app),
			parameters: {
				operation: 'generateImage',
				prompt: '={{ $json.prompt }}',
				model: 'Standard',
				maxPriceSat: 500,
			},
		});
		const steps = [orderHook, answerId, splitOut, buy];
		await app.session.activate(await app.session.createWorkflow(workflow('Orders', steps)));
	}

	/** Sends orders and waits until a worker has taken each of them. */
	async send(app: App, orders: readonly number[]): Promise<void> {
		await Promise.all(
			orders.map(async (order) => {
				const prompts = Array.from(
					{ length: PICTURES },
					(_, index) => `Lighthouse, order ${order}, picture ${index + 1}`,
				);
				const answer = await fetch(`${app.url}/webhook/order`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ prompts }),
				});
				if (!answer.ok) throw new Error(`Order ${order}: ${await answer.text()}`);
				this.executions.set(order, (await answer.text()).trim());
			}),
		);
	}

	/** The execution that asked for an invoice. */
	executionOf({ bodySha256 }: LedgerEntry): string {
		const order = this.orderByBody.get(bodySha256) ?? 0;
		const execution = this.executions.get(order);
		if (execution === undefined) throw new Error(`Order ${order} is not under way`);
		return execution;
	}

	/** Paid invoices by the picture they are for. */
	get paidByPicture(): ReadonlyMap<string, readonly LedgerEntry[]> {
		const paid = this.sandbox.ledger.filter(({ paidAt }) => paidAt !== null);
		return Map.groupBy(paid, ({ bodySha256 }) => bodySha256);
	}

	/** Paid invoices of some orders. */
	paidFor(orders: readonly number[]): readonly LedgerEntry[] {
		return this.sandbox.ledger.filter(
			({ paidAt, bodySha256 }) =>
				paidAt !== null && orders.includes(this.orderByBody.get(bodySha256) ?? 0),
		);
	}
}
