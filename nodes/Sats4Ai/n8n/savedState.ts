import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { ExecutionBooks } from '../purchase/books/executionBooks';
import { Ledger } from '../purchase/books/ledger';
import { processMemory } from '../purchase/books/purchaseMemory';
import { readState } from '../purchase/books/readState';
import { SavedShelf } from '../purchase/books/shelf';
import { NodeRun } from '../purchase/nodeRun';
import { Slots } from '../purchase/slots';
import { n8nClock } from './n8nClock';

type Run = NodeRun<INodeExecutionData>;
type ExecuteData = ReturnType<IExecuteSingleFunctions['getExecuteData']>;

const runs = new WeakMap<ExecuteData, Run>();
/** By the node's context, and by what all of one execution share and no other has. */
const books = new WeakMap<object, WeakMap<object, ExecutionBooks>>();
const NEVER_STOPPED = {};
const toolSlots = new WeakMap<ExecutionBooks, Map<number, Slots>>();

/**
 * The run that this item belongs to, made at its first item: n8n hands the same `executeData` to all
 * items and all tries of one run of the node. Each call of a tool is a run of its own: all tools of
 * an agent are handed the agent's `executeData`, for all its calls, some of them at once.
 */
export function runOf(ctx: IExecuteSingleFunctions, isTool: boolean): Run {
	const executeData = ctx.getExecuteData();
	const known = isTool ? undefined : runs.get(executeData);
	if (known !== undefined) return known;
	const own = booksOf(ctx);
	const clock = n8nClock(ctx.getExecutionCancelSignal());
	const runIndex = isTool ? null : runIndexOf(ctx);
	const run = new NodeRun(
		(comesBack) => new Ledger(own, clock, runIndex, comesBack),
		new SavedShelf<INodeExecutionData>(own, isByReference),
		clock,
		isTool ? (width) => sharedSlots(own, width) : null,
	);
	if (!isTool) runs.set(executeData, run);
	return run;
}

/** The slots of all calls of a tool in one execution, some of which an agent makes at once. */
function sharedSlots(own: ExecutionBooks, width: number): Slots {
	const shared = toolSlots.get(own) ?? new Map<number, Slots>();
	const slots = shared.get(width) ?? new Slots(width);
	toolSlots.set(own, shared.set(width, slots));
	return slots;
}

/**
 * The books of the node in this execution. n8n saves the node's context with the execution and hands
 * a copy of it to a *Retry*. It is read once, when the execution first gets here: from then on what
 * else is written there counts for nothing.
 */
function booksOf(ctx: IExecuteSingleFunctions): ExecutionBooks {
	const context: object = ctx.getContext('node');
	const executions = books.get(context) ?? new WeakMap<object, ExecutionBooks>();
	const execution = ctx.getExecutionCancelSignal() ?? NEVER_STOPPED;
	const known = executions.get(execution);
	if (known !== undefined) return known;
	const read = readState(Reflect.get(context, 'sats4Ai'));
	for (const dropped of read?.dropped ?? []) {
		ctx.logger.warn(`Saved notes of the node that cannot be read were left out: ${dropped}`);
	}
	const own = new ExecutionBooks(read?.state ?? null, processMemory, (saved) => {
		Reflect.set(context, 'sats4Ai', saved);
	});
	books.set(context, executions.set(execution, own));
	return own;
}

/** Which run of the node in its execution it is: each round of a loop is another. */
function runIndexOf(ctx: IExecuteSingleFunctions): number | null {
	const index: unknown = ctx.getWorkflowDataProxy(ctx.getItemIndex()).$runIndex;
	return typeof index === 'number' ? index : null;
}

/** Whether n8n keeps an item's files elsewhere (on disk, say), and the item holds only their names. */
function isByReference({ binary }: INodeExecutionData): boolean {
	return Object.values(binary ?? {}).every(({ id }) => id !== undefined);
}
