import type { IConnections, INode, INodeExecutionData } from 'n8n-workflow';

/** What stands beside the parameters of a node: its credential, *Retry On Fail* and the like. */
export type StepSettings = Partial<
	Pick<
		INode,
		'credentials' | 'maxTries' | 'onError' | 'retryOnFail' | 'waitBetweenTries' | 'webhookId'
	>
>;

/** A node as a step of a workflow. What is left out is as the editor fills it in. */
export interface Step {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: INode['parameters'];
	readonly settings?: StepSettings;
}

export interface Workflow {
	/** For `import:workflow` and *Execute Workflow*; at most 16 characters. */
	readonly id?: string;
	readonly name: string;
	readonly active: false;
	readonly settings: { readonly executionOrder: 'v1'; readonly saveExecutionProgress?: boolean };
	readonly nodes: INode[];
	readonly connections: IConnections;
	readonly pinData?: Record<string, INodeExecutionData[]>;
}

/** From a step, or one of its outputs, to a step; to an agent also as its model or as a tool. */
export type Connection = readonly [
	from: string,
	to: string,
	output?: number,
	kind?: 'main' | 'ai_languageModel' | 'ai_tool',
];

/** A workflow of these steps, connected one after the other where nothing else is said. */
export function workflow(
	name: string,
	steps: readonly Step[],
	connections: readonly Connection[] = inOrder(steps),
): Workflow {
	return {
		name,
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: steps.map(({ settings, ...step }, index) => ({
			id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
			...step,
			position: [index * 240, 0],
			...settings,
		})),
		connections: connected(connections),
	};
}

function inOrder(steps: readonly Step[]): Connection[] {
	return steps.slice(1).map((step, index) => [steps[index]?.name ?? '', step.name] as const);
}

function connected(connections: readonly Connection[]): IConnections {
	const result: IConnections = {};
	for (const [from, to, output = 0, kind = 'main'] of connections) {
		const outputs = ((result[from] ??= {})[kind] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type: kind, index: 0 });
	}
	return result;
}
