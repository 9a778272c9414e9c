import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IVersionedNodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { PlainCredentials } from '../../sandbox/engine/plainCredentials';

/** One node of a chain, of any type. */
export interface Link {
	readonly name: string;
	readonly type: INodeType | IVersionedNodeType;
	readonly typeVersion: number;
	readonly parameters: IDataObject;
}

/** Runs a chain of nodes on n8n's engine, beginning with the first one and these items. */
export async function runChain(links: readonly Link[], items: INodeExecutionData[]): Promise<IRun> {
	const nodes = links.map(nodeOf);
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name }, index) => {
		const before = nodes[index]?.name ?? '';
		connections[before] = { main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] };
	});
	const types = new Map(links.map(({ name, type }) => [name, type]));
	const typeOf = (name: string) => {
		const found = types.get(name);
		if (found === undefined) throw new Error(`Unknown node type ${name}`);
		return found;
	};
	const described = { id: 'engine', nodes, connections, active: false };
	const workflow = new Workflow({
		...described,
		nodeTypes: {
			getByName: typeOf,
			getByNameAndVersion: (name, version) =>
				NodeHelpers.getVersionedNodeType(typeOf(name), version),
			getKnownTypes: () => ({}),
		},
		settings: { executionOrder: 'v1' },
	});
	const [first] = nodes;
	if (first === undefined) throw new Error('A chain has at least one node');
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }],
		},
	});
	const hooks = new ExecutionLifecycleHooks('manual', '1', {
		...described,
		name: 'engine',
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		activeVersionId: null,
	});
	const additionalData = {
		credentialsHelper: new PlainCredentials(undefined),
		hooks,
		executionId: '1',
		webhookWaitingBaseUrl: 'http://127.0.0.1/waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	return await new WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(
		workflow,
	);
}

function nodeOf({ name, typeVersion, parameters }: Link, index: number): INode {
	return {
		id: `link-${index}`,
		name,
		type: name,
		typeVersion,
		position: [200 * index, 0],
		parameters: parameters as INode['parameters'],
	};
}
