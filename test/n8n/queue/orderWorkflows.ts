import { randomUUID } from 'node:crypto';
import { sats4Ai } from '../workflows/sats4Ai';
import { editFields, loopOverItems, manualTrigger, writeFiles } from '../workflows/steps';
import { workflow, type Step, type Workflow } from '../workflows/workflow';

/** Pictures in an order. */
export const PICTURES = 5;

/** A workflow that takes orders over a webhook, and answers the execution's ID. */
export interface OrderWorkflow {
	readonly path: string;
	/** What is posted for an order. */
	readonly bodyOf: (order: number) => object;
}

/** One that buys pictures of lighthouses. */
export interface PromptWorkflow extends OrderWorkflow {
	readonly workflow: Workflow;
}

const promptsOf = (order: number): object => ({
	prompts: Array.from(
		{ length: PICTURES },
		(_, index) => `Lighthouse, order ${order}, picture ${index + 1}`,
	),
});

export interface Shop {
	readonly serviceUrl: string;
	readonly credential: { readonly id: string; readonly name: string };
}

export function orderHook(path: string): Step {
	return {
		name: 'Order',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} },
		settings: { webhookId: randomUUID() },
	};
}

/** The caller learns the execution's ID before anything is bought. */
export const answerId: Step = {
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

function buy({ serviceUrl, credential }: Shop): Step {
	return sats4Ai({
		serviceUrl,
		credential,
		parameters: {
			operation: 'generateImage',
			prompt: '={{ $json.prompt }}',
			model: 'Standard',
			maxPriceSat: 500,
		},
		options: {
			requestTimeout: '={{ $("Order").first().json.body.requestTimeout }}',
			paymentTimeout: '={{ $("Order").first().json.body.paymentTimeout }}',
		},
	});
}

/** All pictures of an order by one call of the node. */
export function allAtOnce(shop: Shop): PromptWorkflow {
	const hook = orderHook('order');
	return {
		path: 'order',
		bodyOf: promptsOf,
		workflow: workflow('Orders', [hook, answerId, splitOut, buy(shop)]),
	};
}

/** The same for one order, started in the editor. `requestTimeout`: the node's option, in seconds. */
export function byHand(shop: Shop, order: number, requestTimeout: number): Workflow {
	const body = { ...promptsOf(order), requestTimeout, paymentTimeout: 60 };
	const placed = { ...editFields({ body }), name: 'Order' };
	return workflow('By hand', [manualTrigger, placed, splitOut, buy(shop)]);
}

/** As `docs/money.md` advises: small rounds, each written to a folder before the next is bought. */
export function inRounds(shop: Shop, folder: string): PromptWorkflow {
	const hook = orderHook('rounds');
	const bought = buy(shop);
	const write = writeFiles(folder);
	// Generated pictures are all called alike.
	write.parameters.fileName = `=${folder}/{{ $execution.id }}-{{ $runIndex }}.png`;
	const steps = [hook, answerId, splitOut, loopOverItems, bought, write];
	const made = workflow('Rounds', steps, [
		[hook.name, answerId.name],
		[answerId.name, splitOut.name],
		[splitOut.name, loopOverItems.name],
		[loopOverItems.name, bought.name, 1],
		[bought.name, write.name],
		[write.name, loopOverItems.name],
	]);
	return {
		path: 'rounds',
		bodyOf: promptsOf,
		workflow: { ...made, settings: { ...made.settings, saveExecutionProgress: true } },
	};
}
