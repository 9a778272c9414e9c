import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type INode,
	type INodeListSearchResult,
	type INodeProperties,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { loadNode } from '../../sandbox/engine/loadNode';
import { PlainCredentials } from '../../sandbox/engine/plainCredentials';
import { secretsIn } from './expressions/everything';
import { theftsOf } from './expressions/thefts';
import { inScene } from './scene';

const node = loadNode();
const ADMIN_KEY = 'the-admin-key-of-the-wallet';

/** What the editor does where somebody opens the list, in n8n's own context for it. */
async function openList(
	parameters: IDataObject,
	filter?: string,
): Promise<INodeListSearchResult['results']> {
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: () => node,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const instance: INode = {
		id: 'node',
		name: 'Sats4AI',
		type: 'sats4Ai',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { lightningWalletApi: { id: 'wallet', name: 'Wallet' } },
	};
	const workflow = new Workflow({ nodes: [instance], connections: {}, active: false, nodeTypes });
	const additionalData = {
		currentNodeParameters: parameters,
		credentialsHelper: new PlainCredentials({ wallet: 'lnbits', adminKey: ADMIN_KEY }),
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(
		workflow,
		instance,
		additionalData,
		'parameters.options.modelId',
	);
	const search = node.methods?.listSearch?.[searchMethod()];
	if (search === undefined) throw new Error('The node has no such list');
	return (await search.call(context, filter)).results;
}

/** Options of the node that go by this name. */
function modelIdFields(): INodeProperties[] {
	const collection = node.description.properties.find(({ name }) => name === 'options');
	const options = (collection?.options ?? []) as INodeProperties[];
	return options.filter(({ name }) => name === 'modelId');
}

/** The method that the description names. */
function searchMethod(): string {
	const list = modelIdFields()[0]?.modes?.find(({ name }) => name === 'list');
	return String(list?.typeOptions?.searchListMethod);
}

/** A service that answers every request like this. */
async function withService(
	answer: RequestListener,
	work: (baseUrl: string) => Promise<void>,
): Promise<void> {
	const server: Server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	try {
		await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

/** What the list shows where the service answers with this. */
async function listOf(answer: unknown, parameters: IDataObject = { operation: 'editImage' }) {
	const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
	let results: INodeListSearchResult['results'] = [];
	await withService(
		(_request, response) => response.end(body),
		async (baseUrl) => {
			results = await openList({ ...parameters, options: { baseUrl } });
		},
	);
	return results;
}

/** The error of a list that cannot be opened. */
async function refusal(parameters: IDataObject) {
	return await openList(parameters).then(
		() => {
			throw new Error('There was a list');
		},
		(error: unknown) => error as { message: string; description: string },
	);
}

describe('the model', () => {
	it.concurrent('is chosen from a list that needs no credential, or typed', () => {
		expect(modelIdFields()).toHaveLength(1);
		expect(modelIdFields()[0]).toMatchObject({
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			description: expect.stringContaining('invoice'),
			modes: [
				{ name: 'list', typeOptions: { searchable: true, skipCredentialsCheckInRLC: true } },
				{ name: 'id', type: 'string' },
			],
		});
	});
});

describe('the list of models', () => {
	it.concurrent('is no way to the secret of the wallet', async () => {
		for (const theft of theftsOf('adminKey')) {
			const { message, description } = await refusal({ options: { baseUrl: theft } });
			expect(secretsIn([message, description], [ADMIN_KEY])).toEqual([]);
		}
	});

	it.concurrent.each([
		[
			'editImage',
			[
				['Retoucher · Standard · 200 sats', 21],
				['Retoucher Pro · Best · 200 sats · default', 22],
			],
		],
		['restoreFace', [['Portrait · Standard · 5 sats · default', 31]]],
		[
			'upscaleImage',
			[
				['Magnifier · Standard · 5 sats · default', 41],
				['Magnifier Sharp · Best · 5 sats', 'magnifier-sharp'],
			],
		],
	])('shows for %s names, tiers and prices of what fits', async (operation, expected) => {
		await inScene(undefined, async ({ sandbox }) => {
			const options = { baseUrl: `${sandbox.serviceUrl}/` };
			const shown = await openList({ operation, options });
			expect(shown.map(({ name, value }) => [name, value])).toEqual(expected);
		});
	});

	it.concurrent('is one free request without any secret', async () => {
		await inScene(undefined, async ({ sandbox }) => {
			await openList({ operation: 'editImage', options: { baseUrl: sandbox.serviceUrl } });
			const [request, ...others] = sandbox.requests;
			expect([request?.method, request?.path]).toEqual(['GET', '/api/l402/models']);
			expect(others).toEqual([]);
			expect(request?.headers).not.toHaveProperty('authorization');
			expect(request?.headers).not.toHaveProperty('cookie');
			expect(sandbox.ledger).toEqual([]);
			expect(sandbox.wallet.requests).toEqual([]);
		});
	});

	it.concurrent(
		'is searched by every word of the name, the tier, the price and the id',
		async () => {
			await inScene(undefined, async ({ sandbox }) => {
				const parameters = {
					operation: 'upscaleImage',
					options: { baseUrl: sandbox.serviceUrl },
				};
				const found = async (filter: string) =>
					(await openList(parameters, filter)).map(({ value }) => value);
				expect(await found('')).toEqual([41, 'magnifier-sharp']);
				expect(await found('SHARP best')).toEqual(['magnifier-sharp']);
				expect(await found('default')).toEqual([41]);
				expect(await found('41')).toEqual([41]);
				expect(await found('5 sats')).toHaveLength(2);
				expect(await found('violin')).toEqual([]);
			});
		},
	);

	it.concurrent('shows a price that binds nobody: what counts is the invoice', async () => {
		await inScene(undefined, async (scene) => {
			const parameters = { operation: 'upscaleImage', maxPriceSat: 5 };
			const options = { baseUrl: scene.sandbox.serviceUrl };
			const [chosen] = await openList({ ...parameters, options });
			expect(chosen?.name).toContain('5 sats');
			scene.sandbox.faults.push({ at: 'ask', fault: { kind: 'priceTimes', factor: 2 } });
			const modelId = { __rl: true, mode: 'list', value: chosen?.value };
			const { code } = await scene.failure({ parameters, options: { modelId } });
			expect(code).toBe('PRICE_OVER_LIMIT');
			expect(scene.payCalls).toEqual([]);
		});
	});

	it.concurrent('shows all models where no category is like the operation', async () => {
		const models = [
			{ id: 1, name: 'One', category: 'video' },
			{ id: 2, name: 'Two', category: 'text' },
		];
		expect((await listOf(models)).map(({ value }) => value)).toEqual([1, 2]);
	});

	it.concurrent('leaves in what has no category', async () => {
		const models = [{ id: 1, category: 'Image Editing' }, { id: 2 }, { id: 3, category: 'video' }];
		expect((await listOf(models)).map(({ value }) => value)).toEqual([1, 2]);
	});

	it.concurrent.each([
		['in an object', { models: [{ id: 1, name: 'One' }] }, ['One']],
		['deeper in', { status: 200, data: { items: [{ id: 1, name: 'One' }] } }, ['One']],
		['by category', { edit: [{ id: 1, name: 'A' }], video: [{ id: 2, name: 'B' }] }, ['A', 'B']],
		['with a price as text', [{ id: 1, name: 'One', price: '200' }], ['One · 200 sats']],
		['with a price of one', [{ id: 1, name: 'One', price: 1 }], ['One · 1 sat']],
		['with a price that is none', [{ id: 1, name: 'One', price: 'Dynamic' }], ['One']],
		['with a negative price', [{ id: 1, name: 'One', price: -5 }], ['One']],
		['without name', [{ id: 'a/b-1.0' }], ['a/b-1.0']],
		['with a name that holds the tier', [{ id: 1, name: 'Best One', tier: 'best' }], ['Best One']],
		['with odd types', [{ id: 1, name: {}, tier: 7, isDefault: 'yes', category: [] }], ['1']],
		['with things that are no models', [null, 5, 'x', [], { name: 'No' }, { id: 1 }], ['1']],
		[
			'twice',
			[
				{ id: 1, name: 'One' },
				{ id: '1', name: 'Other' },
			],
			['One'],
		],
	])('is read where it comes %s', async (_how, answer, names) => {
		expect((await listOf(answer)).map(({ name }) => name)).toEqual(names);
	});

	it.concurrent('puts nothing into the workflow that n8n would run as an expression', async () => {
		const code = '={{ $env.SECRET }}';
		const shown = await listOf([
			{ id: code, name: 'Trap' },
			{ id: ` ${code}`, name: 'Trap' },
			{ id: 'a}}{{b', name: 'Trap' },
			{ id: [code], name: 'Trap' },
			{ id: 1, name: code, tier: code },
			{ id: 2, name: '=', tier: '=x' },
			{ id: 3, name: `\u202E${'long '.repeat(1000)}` },
		]);
		expect(shown.map(({ value }) => value)).toEqual([1, 2, 3]);
		for (const { name } of shown) expect(name).toMatch(/^[^=\p{C}]{1,140}$/u);
	});

	it.concurrent('is shortened where nobody could read it', async () => {
		const many = Array.from({ length: 5000 }, (_, id) => ({ id, name: `Model ${id}` }));
		expect((await listOf(many)).length).toBe(200);
	});
});

describe('without a list, the editor says how to do without', () => {
	it.concurrent.each([
		['a web page', '<html>Not found</html>'],
		['nothing', ''],
		['an empty list', '[]'],
		['a number', '7'],
		['a model without end', '[{"id":1e999}]'],
		['null', 'null'],
		['something nested without end', '['.repeat(200_000)],
		['something nested too deep', `${'['.repeat(9)}{"id":1}${']'.repeat(9)}`],
	])('where %s comes', async (_what, body) => {
		await expect(listOf(body)).rejects.toMatchObject({
			message: expect.stringContaining('holds no models'),
			description: expect.stringMatching(/'By ID'.*type/),
		});
	});

	it.concurrent.each([404, 402, 500, 307])('where the answer is %s', async (status) => {
		await inScene(undefined, async ({ sandbox }) => {
			const answer: RequestListener = (_request, response) => {
				response.writeHead(status, { location: sandbox.serviceUrl }).end('[{"id":1}]');
			};
			await withService(answer, async (baseUrl) => {
				const { message } = await refusal({ operation: 'editImage', options: { baseUrl } });
				expect(message).toContain(`status ${status}`);
			});
			expect(sandbox.requests).toEqual([]);
		});
	});

	it.concurrent('where the answer has no end', async () => {
		let sentBytes = 0;
		let open = true;
		const answer: RequestListener = (_request, response) => {
			response.once('close', () => (open = false));
			const chunk = Buffer.alloc(64 * 1024, ' ');
			const more = () => {
				while (open && response.write(chunk)) sentBytes += chunk.length;
				if (open) response.once('drain', more);
			};
			more();
		};
		await withService(answer, async (baseUrl) => {
			const { message } = await refusal({ operation: 'editImage', options: { baseUrl } });
			expect(message).toContain('too large');
		});
		expect(sentBytes).toBeLessThan(32 * 1024 * 1024);
	});

	it.concurrent('where nobody answers', async () => {
		await withService(
			() => undefined,
			async (baseUrl) => {
				const { message } = await refusal({ operation: 'editImage', options: { baseUrl } });
				expect(message).toContain('no answer in time');
			},
		);
	});

	it.concurrent('where the answer trickles', async () => {
		const answer: RequestListener = (_request, response) => {
			const timer = setInterval(() => response.write(' '), 100);
			response.once('close', () => clearInterval(timer));
		};
		await withService(answer, async (baseUrl) => {
			const { message } = await refusal({ operation: 'editImage', options: { baseUrl } });
			expect(message).toContain('no answer in time');
		});
	});

	it.concurrent.each([
		['is not there', 'http://127.0.0.1:1', 'connection refused'],
		['is an expression without a value', null, "'Base URL' is no"],
		['is no address', 'sats4ai', "'Base URL' is no"],
		['holds a password', 'http://user:secret@127.0.0.1:1', 'more than a host'],
	])('where the service %s', async (_why, baseUrl, says) => {
		const { message } = await refusal({ operation: 'editImage', options: { baseUrl } });
		expect(message).toContain(says);
		expect(message).not.toContain('secret');
	});
});
