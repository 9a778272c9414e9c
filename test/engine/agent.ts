import '../../sandbox/engine/environment';
import 'reflect-metadata';
import { type ExecuteContext, RoutingNode, SupplyDataContext, WorkflowExecute } from 'n8n-core';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { lifecycleHooks } from '../../sandbox/engine/engine';
import { PlainCredentials } from '../../sandbox/engine/plainCredentials';
import type { Scene } from './scene';

/** One node that the agent has as a tool. */
export interface Tool {
	readonly name: string;
	readonly parameters: IDataObject;
	readonly options?: IDataObject;
}

/** What a tool answered: JSON text, or the words of its error. */
export type CallTool = (tool: string, input: IDataObject) => Promise<string>;

/**
 * Runs an agent on n8n's engine that does what `script` says. Its tools are called as n8n's own
 * agents call them inside their node: all in the agent's run, each with an input of its own.
 */
export async function runAgent(
	scene: Scene,
	tools: readonly Tool[],
	items: INodeExecutionData[],
	script: (call: CallTool) => Promise<void>,
): Promise<void> {
	const { node } = scene;
	const asTool = nodeType('sats4Ai', async function (this: ExecuteContext) {
		return (await new RoutingNode(this, node).runNode()) ?? [];
	});
	const start = nodeType('start', async function (this: ExecuteContext) {
		return [this.getInputData()];
	});
	const agent = nodeType('agent', async function (this: ExecuteContext) {
		await script(async (name, input) => await callTool(this, toolNode(this, name), asTool, input));
		return [[{ json: {} }]];
	});
	const types: Record<string, INodeType> = {
		start,
		agent,
		sats4Ai: { ...asTool, description: node.description },
	};
	const nodes = [
		instance('Start', 'start'),
		instance('Agent', 'agent'),
		...tools.map((tool) => toolInstance(scene, tool)),
	];
	const toAgent = (type: 'main' | 'ai_tool') => ({ [type]: [[{ node: 'Agent', type, index: 0 }]] });
	const connections = {
		Start: toAgent('main'),
		...Object.fromEntries(tools.map(({ name }) => [name, toAgent('ai_tool')])),
	};
	const workflow = new Workflow({
		id: 'agent',
		nodes,
		connections,
		nodeTypes: {
			getByName: (type) => types[type] ?? start,
			getByNameAndVersion: (type, version) =>
				NodeHelpers.getVersionedNodeType(types[type] ?? start, version),
			getKnownTypes: () => ({}),
		},
		active: false,
		settings: { executionOrder: 'v1' },
	});
	const first = workflow.getNode('Start');
	if (first === null) throw new Error('The workflow has no start');
	const additionalData = {
		credentialsHelper: new PlainCredentials(scene.credential()),
		hooks: lifecycleHooks('agent', nodes, connections),
		executionId: '1',
		restApiUrl: 'http://127.0.0.1/rest',
		webhookWaitingBaseUrl: 'http://127.0.0.1/waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form',
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	const runData = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node: first, data: { main: [items] }, source: null }],
		},
	});
	const run = await new WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(
		workflow,
	);
	const { error } = run.data.resultData;
	if (error !== undefined) throw error;
}

async function callTool(
	agent: ExecuteContext,
	node: INode,
	type: INodeType,
	input: IDataObject,
): Promise<string> {
	const { workflow, additionalData, mode, runExecutionData, connectionInputData } = agent;
	const call = makeHandleToolInvocation(
		(runIndex) =>
			new SupplyDataContext(
				workflow,
				node,
				additionalData,
				mode,
				runExecutionData,
				runIndex,
				connectionInputData,
				{},
				NodeConnectionTypes.AiTool,
				agent.executeData,
				[],
				agent.getExecutionCancelSignal(),
				agent.getNode(),
			),
		node,
		type,
		runExecutionData,
	);
	return await call(input).catch((cause: unknown) => String(cause));
}

function toolNode({ workflow }: ExecuteContext, name: string): INode {
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The agent has no tool ${name}`);
	return node;
}

function nodeType(name: string, execute: INodeType['execute']): INodeType {
	const inputs = name === 'start' ? [] : [NodeConnectionTypes.Main];
	const description = { displayName: name, name, description: name, defaults: { name } };
	const rest = { group: ['transform' as const], version: 1, properties: [] };
	const outputs = [NodeConnectionTypes.Main];
	return { description: { ...description, ...rest, inputs, outputs }, ...(execute && { execute }) };
}

function instance(name: string, type: string): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {} };
}

function toolInstance({ sandbox }: Scene, { name, parameters, options }: Tool): INode {
	const common = { baseUrl: sandbox.serviceUrl, paymentTimeout: 10, requestTimeout: 10 };
	return {
		...instance(name, 'sats4Ai'),
		parameters: { ...parameters, options: { ...common, ...options } },
		credentials: { lightningWalletApi: { id: 'wallet', name: 'Wallet' } },
	};
}
