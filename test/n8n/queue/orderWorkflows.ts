import { sats4Ai } from '../workflows/sats4Ai';
import { loopOverItems, writeFiles } from '../workflows/steps';
import { workflow, type Step, type Workflow } from '../workflows/workflow';

/** A workflow that takes orders over a webhook, and what it does for the pictures of one. */
export interface OrderWorkflow {
	readonly path: string;
	readonly workflow: Workflow;
}

interface Shop {
	readonly serviceUrl: string;
	readonly credential: { readonly id: string; readonly name: string };
}

function orderHook(path: string, webhookId: string): Step {
	return {
		name: 'Order',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'responseNode', options: {} },
		settings: { webhookId },
	};
}

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
		options: { requestTimeout: '={{ $("Order").first().json.body.requestTimeout }}' },
	});
}

/** All pictures of an order by one call of the node. */
export function allAtOnce(shop: Shop): OrderWorkflow {
	const hook = orderHook('order', '3f3f1d5e-0a57-4b0f-9d0e-5f6a0f1f0009');
	return {
		path: 'order',
		workflow: workflow('Orders', [hook, answerId, splitOut, buy(shop)]),
	};
}

/** As `docs/money.md` advises: small rounds, each written to a folder before the next is bought. */
export function inRounds(shop: Shop, folder: string): OrderWorkflow {
	const hook = orderHook('rounds', '3f3f1d5e-0a57-4b0f-9d0e-5f6a0f1f0010');
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
		workflow: { ...made, settings: { ...made.settings, saveExecutionProgress: true } },
	};
}
