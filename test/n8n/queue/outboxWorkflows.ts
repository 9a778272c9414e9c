import type { INode } from 'n8n-workflow';
import { installExample } from '../examples/installExample';
import type { App } from '../rig/app';
import type { DataTable } from '../rig/dataTable';
import type { SavedWorkflow } from '../rig/session';
import { SATS4AI_TYPE } from '../workflows/sats4Ai';
import type { Workflow } from '../workflows/workflow';
import { answerId, orderHook, type OrderWorkflow } from './orderWorkflows';
import type { Orders } from './orders';

export const BATCH = 'outbox-batch.json';
export const SWEEP = 'outbox-sweep.json';

/** The folder whose photographs an order is for. */
export const folderOf = (order: number): string => `order-${order}`;

/** What both workflows of an outbox work with. */
export interface OutboxParts {
	readonly main: App;
	readonly orders: Orders;
	readonly table: DataTable;
}

let installed = 0;

/** `examples/outbox-batch.json` as it is, but started over a webhook, for the folder it names. */
export async function installBatch(parts: OutboxParts): Promise<OrderWorkflow & SavedWorkflow> {
	installed += 1;
	const path = `outbox-${installed}`;
	const hook = orderHook(path);
	const { main, table } = parts;
	const workflow = await installExample(main, BATCH, {
		chosen: await payingFrom(parts),
		table,
		adapt: (example) => {
			const [list = ''] = targets(example, 'Start');
			const { name, settings, ...rest } = hook;
			const nodes = buyingFrom(parts, example).map((node): INode => {
				if (node.name === 'Start') return { ...node, ...rest, ...settings };
				if (node.name !== list) return node;
				const folderId = {
					__rl: true,
					mode: 'id',
					value: "={{ $('Start').first().json.body.folder }}",
				};
				return {
					...node,
					parameters: { ...node.parameters, filter: { whatToSearch: 'files', folderId } },
				};
			});
			const answer: INode = { ...answerId, id: 'answer', position: [112, 160] };
			const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
			const connections = {
				...example.connections,
				Start: to(answer.name),
				[answer.name]: to(list),
			};
			return { ...example, nodes: [...nodes, answer], connections };
		},
	});
	return { ...workflow, path, bodyOf: (order) => ({ folder: folderOf(order) }) };
}

/**
 * `examples/outbox-sweep.json` as it is; `quick`: every ten seconds, rows that nobody has touched
 * for half a minute.
 */
export async function installSweep(parts: OutboxParts, quick: boolean): Promise<SavedWorkflow> {
	return await installExample(parts.main, SWEEP, {
		chosen: await payingFrom(parts),
		table: parts.table,
		adapt: (example) => {
			const nodes = buyingFrom(parts, example);
			return { ...example, nodes: quick ? nodes.map(hastened) : nodes };
		},
	});
}

/** The wallet of these orders in place of the usual one. */
async function payingFrom({ main, orders: { sandbox, lines } }: OutboxParts) {
	const fields = main.walletFields({ url: lines.wallet.url, adminKey: sandbox.adminKey });
	return { lightningWalletApi: await main.session.createCredential('Outbox', fields) };
}

/** The service of these orders in place of the real one. */
function buyingFrom({ orders: { lines } }: OutboxParts, { nodes }: Workflow): INode[] {
	return nodes.map((node) => {
		if (node.type !== SATS4AI_TYPE) return node;
		const { options, ...parameters } = node.parameters;
		const changed = { ...(options as object), baseUrl: lines.service.url };
		return { ...node, parameters: { ...parameters, options: changed } };
	});
}

function targets({ connections }: Workflow, from: string): string[] {
	return (connections[from]?.main?.[0] ?? []).map(({ node }) => node);
}

function hastened(node: INode): INode {
	const replace = (from: string, to: string): INode => {
		const text = JSON.stringify(node.parameters);
		if (!text.includes(from)) throw new Error(`${node.name} has no ${from}`);
		return { ...node, parameters: JSON.parse(text.replace(from, to)) as INode['parameters'] };
	};
	if (node.name === 'Every Two Minutes') {
		return replace(
			'"field":"minutes","minutesInterval":2',
			'"field":"seconds","secondsInterval":10',
		);
	}
	return node.name === 'Open Rows' ? replace('minutes: 4', 'seconds: 30') : node;
}
