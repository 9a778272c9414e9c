import type { IRunExecutionData, INodeExecutionData } from 'n8n-workflow';

/** What n8n calls an execution that has ended. */
export const ENDED: readonly string[] = ['success', 'error', 'canceled', 'crashed'];

/** An execution as `GET /rest/executions/:id` answers it. */
export interface StoredExecution {
	readonly id: string;
	readonly status: string;
	/** Flatted. */
	readonly data: string;
}

export interface Execution {
	readonly id: string;
	readonly status: 'success' | 'error' | 'canceled' | 'crashed';
	readonly data: IRunExecutionData;
}

/** Items that a node put out, over all its runs; output 1 is the one for errors. */
export function outputOf(
	{ data }: Pick<Execution, 'data'>,
	node: string,
	output = 0,
): INodeExecutionData[] {
	const runs = data.resultData.runData[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

/** How often a node ran. */
export function runsOf({ data }: Pick<Execution, 'data'>, node: string): number {
	return data.resultData.runData[node]?.length ?? 0;
}
