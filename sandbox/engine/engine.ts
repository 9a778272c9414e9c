import './environment';
import 'reflect-metadata';
import {
	ExecutionLifecycleHooks,
	PackageDirectoryLoader,
	RoutingNode,
	WorkflowExecute,
	type ExecuteContext,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
} from 'n8n-workflow';
import { PlainCredentials } from './plainCredentials';

/** One node of a workflow that is a chain. */
export interface Step {
	readonly name: string;
	readonly parameters: IDataObject;
	/** `retryOnFail`, `maxTries`, `onError`, … */
	readonly settings?: Partial<INode>;
}

export interface EngineRequest {
	readonly node: INodeType;
	readonly steps: readonly Step[];
	readonly items: INodeExecutionData[];
	/** What the credential form holds; absent: none chosen. */
	readonly credential?: ICredentialDataDecryptedObject;
	/** Why n8n cannot hand the chosen credential over; absent: it can. */
	readonly credentialTrouble?: string;
	/** Of the chosen credential; default `wallet`. */
	readonly credentialId?: string;
	/** Default `engine`. */
	readonly workflowId?: string;
	/** The contexts of a failed execution that is being retried. */
	readonly contextData?: Record<string, IDataObject>;
	/** *Settings* of the workflow. */
	readonly workflowSettings?: IWorkflowSettings;
}

export interface Execution {
	/** Resolves when the execution has ended, well or badly. */
	readonly run: Promise<IRun>;
	/** Resolves when the nodes' own work has ended too: after a *Stop* that is later. */
	readonly settled: Promise<IRun>;
	/** n8n's *Stop* button. */
	stop(): void;
}

const START: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Hands on the items of the execution',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: ExecuteContext) {
		return [this.getInputData()];
	},
};

/** What n8n hears of an execution by: a manual one, of a workflow by this name. */
export function lifecycleHooks(
	name: string,
	nodes: INode[],
	connections: IConnections,
): ExecutionLifecycleHooks {
	const created = { createdAt: new Date(0), updatedAt: new Date(0), activeVersionId: null };
	const state = { active: false, isArchived: false };
	const saved = { id: name, name, ...state, ...created, nodes, connections };
	return new ExecutionLifecycleHooks('manual', '1', saved);
}

/**
 * Runs a chain of Sats4AI nodes on n8n's own engine, without the app around it. The declarative
 * node is wrapped as the app wraps it, which also brings the *Stop* signal.
 */
export function execute(request: EngineRequest): Execution {
	const { node, steps, items, credential, contextData } = request;
	const { credentialId = 'wallet', workflowId = 'engine' } = request;
	const { credentialTrouble } = request;
	const isChosen = credential !== undefined || credentialTrouble !== undefined;
	const chosen = isChosen ? credentialId : null;
	// *Request Options*: without it the engine drops what a workflow sets there.
	PackageDirectoryLoader.applyDeclarativeNodeOptionParameters(node);
	const routed = Object.assign(Object.create(node) as INodeType, {
		description: node.description,
		async execute(this: ExecuteContext) {
			return (await new RoutingNode(this, node).runNode()) ?? [];
		},
	});
	const nodes = [startNode(), ...steps.map((step, index) => stepNode(step, index, chosen))];
	const connections = chain(nodes);
	const workflow = new Workflow({
		id: workflowId,
		nodes,
		connections,
		nodeTypes: nodeTypes({ start: START, sats4Ai: routed }),
		active: false,
		settings: { executionOrder: 'v1', ...request.workflowSettings },
	});
	const hooks = lifecycleHooks('engine', nodes, connections);
	const ended = new Promise<IRun>((resolve) => {
		hooks.addHandler('workflowExecuteAfter', (run) => resolve(run));
	});
	const start = workflow.getNode('Start');
	if (start === null) throw new Error('The workflow has no start');
	const runData = createRunExecutionData({
		executionData: {
			contextData: contextData ?? {},
			nodeExecutionStack: [{ node: start, data: { main: [items] }, source: null }],
		},
	});
	const additionalData = {
		credentialsHelper: new PlainCredentials(credential, credentialTrouble),
		hooks,
		executionId: '1',
		webhookWaitingBaseUrl: 'http://127.0.0.1/waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form',
		currentNodeParameters: undefined,
		variables: {},
	} as unknown as IWorkflowExecuteAdditionalData;
	const running = new WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(
		workflow,
	);
	return {
		run: Promise.race([ended, running]),
		settled: running,
		stop: () => running.cancel(),
	};
}

function startNode(): INode {
	return {
		id: 'start',
		name: 'Start',
		type: 'start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
}

function stepNode(
	{ name, parameters, settings }: Step,
	index: number,
	credentialId: string | null,
): INode {
	const credentials = { lightningWalletApi: { id: credentialId, name: 'Wallet' } };
	return {
		id: `step-${index}`,
		name,
		type: 'sats4Ai',
		typeVersion: 1,
		position: [200 * (index + 1), 0],
		parameters: parameters as INode['parameters'],
		...(credentialId === null ? {} : { credentials }),
		...settings,
	};
}

function chain(nodes: readonly INode[]): IConnections {
	const connections: IConnections = {};
	nodes.slice(0, -1).forEach(({ name }, index) => {
		const next = nodes[index + 1]?.name ?? '';
		connections[name] = { main: [[{ node: next, type: NodeConnectionTypes.Main, index: 0 }]] };
	});
	return connections;
}

function nodeTypes(map: Record<string, INodeType>): INodeTypes {
	const get = (type: string): INodeType => {
		const found = map[type];
		if (found === undefined) throw new Error(`Unknown node type ${type}`);
		return found;
	};
	return {
		getByName: get,
		getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(get(type), version),
		getKnownTypes: () => ({}),
	};
}
