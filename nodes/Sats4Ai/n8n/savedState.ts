import type { IExecuteData, INodeExecutionData } from 'n8n-workflow';
import { Ledger } from '../purchase/books/ledger';
import { emptyLedgerState, type LedgerState } from '../purchase/books/ledgerState';
import { NodeRun } from '../purchase/nodeRun';
import { processMemory } from '../purchase/books/purchaseMemory';
import { SavedShelf } from '../purchase/books/shelf';

/** The node's context of an execution: saved with it, and handed on to a *Retry*. */
export type NodeContext = Record<string, unknown>;

const runs = new WeakMap<IExecuteData, NodeRun<INodeExecutionData>>();

/**
 * The run that `executeData` belongs to, made at its first item: n8n hands the same object to all
 * items and all tries of one run of the node. A *Retry* of a failed execution is a new run, which
 * finds the old ledger in its context. Each call of a tool is a run of its own: all tools of an
 * agent are handed the agent's `executeData`, for all its calls, some of them at once.
 */
export function runOf(
	executeData: IExecuteData,
	context: NodeContext,
	isTool: boolean,
): NodeRun<INodeExecutionData> {
	const known = isTool ? undefined : runs.get(executeData);
	if (known !== undefined) return known;
	const state = ledgerState(context);
	const ledger = new Ledger(state, processMemory, () => Date.now());
	const run = new NodeRun(ledger, new SavedShelf<INodeExecutionData>(state, isByReference));
	if (!isTool) runs.set(executeData, run);
	return run;
}

/** The ledger in the node's context, put there empty where there is none. */
function ledgerState(context: NodeContext): LedgerState {
	const saved = context.sats4Ai;
	if (isLedgerState(saved)) return saved;
	const state = emptyLedgerState();
	context.sats4Ai = state;
	return state;
}

function isLedgerState(value: unknown): value is LedgerState {
	if (typeof value !== 'object' || value === null) return false;
	return ['spentMsat', 'open', 'adopted', 'delivered'].every((key) => key in value);
}

/** Whether n8n keeps an item's files elsewhere (on disk, say), and the item holds only their names. */
function isByReference({ binary }: INodeExecutionData): boolean {
	return Object.values(binary ?? {}).every(({ id }) => id !== undefined);
}
