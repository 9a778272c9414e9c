import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeType,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { clearBinaryData, pictureItems } from '../engine/binaryData';
import { checkItems, itemsOf } from '../engine/outcome';
import { runChain } from '../engine/runChain';
import { SERVICE_PATH, WALLET_AUTHORIZATION } from '../servers/settings';
import type { Contender, Job } from './contender';

/**
 * n8n's own *HTTP Request* steps doing it by hand: ask, pay, redeem. They send all items at once,
 * whatever concurrency is wanted, and check nothing.
 */
export function httpRequestSteps(peersFolder: string): Contender {
	const load = createRequire(join(peersFolder, 'index.js'));
	const { HttpRequest } = load('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => IVersionedNodeType;
	};
	const type = new HttpRequest();
	return {
		name: 'httpRequestSteps',
		prepare: async (job) => {
			const items = await pictureItems(job.picture, job.items);
			const links = [
				{ name: 'Base64', type: extractBase64, typeVersion: 1, parameters: {} },
				...steps(job).map((step) => ({ ...step, type, typeVersion: 4.2 })),
			];
			return async () => {
				const run = await runChain(links, items);
				checkItems(itemsOf(run, 'Redeem'), job.items, job.picture.length);
			};
		},
		cleanUp: clearBinaryData,
	};
}

const OFFER = `$('Ask').item.json.headers['www-authenticate']`;

function steps({ urls }: Job) {
	const post = { method: 'POST', sendBody: true };
	const picture = {
		...post,
		url: `${urls.service}${SERVICE_PATH}`,
		contentType: 'json',
		specifyBody: 'json',
		jsonBody: `={{ { image: $('Base64').item.json.image } }}`,
	};
	return [
		{
			name: 'Ask',
			parameters: {
				...picture,
				options: { response: { response: { fullResponse: true, neverError: true } } },
			},
		},
		{
			name: 'Pay',
			parameters: {
				...post,
				url: `${urls.wallet}/payinvoice`,
				sendHeaders: true,
				headerParameters: {
					parameters: [{ name: 'authorization', value: WALLET_AUTHORIZATION }],
				},
				contentType: 'form-urlencoded',
				bodyParameters: {
					parameters: [{ name: 'invoice', value: `={{ ${OFFER}.match(/invoice="(.+?)"/)[1] }}` }],
				},
			},
		},
		{
			name: 'Redeem',
			parameters: {
				...picture,
				sendHeaders: true,
				headerParameters: {
					parameters: [
						{
							name: 'authorization',
							value: `=L402 {{ ${OFFER}.match(/token="(.+?)"/)[1] }}:{{ $json.paymentPreimage }}`,
						},
					],
				},
				options: { response: { response: { responseFormat: 'file' } } },
			},
		},
	];
}

/** What *Extract From File* does as *Move File to Base64 String*, without its reader of PDF files. */
const extractBase64: INodeType = {
	description: {
		displayName: 'Base64',
		name: 'base64',
		group: ['transform'],
		version: 1,
		description: 'Puts the file into the item as base64',
		defaults: { name: 'Base64' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const items = this.getInputData().map(async (_item, index) => {
			const file = await this.helpers.getBinaryDataBuffer(index, 'data');
			return { json: { image: file.toString('base64') }, pairedItem: { item: index } };
		});
		return [await Promise.all(items)];
	},
};
