import type { IExecuteData, INodeExecutionData } from 'n8n-workflow';
import { emptyLedgerState, Ledger, type LedgerState } from './ledger';
import { processMemory } from './purchaseMemory';
import { Slots } from './slots';

/** The node's context of an execution: saved with it, and handed on to a *Retry*. */
export type NodeContext = Record<string, unknown>;

/**
 * One run of the node over its items, all tries of *Retry On Fail* included: they share n8n's
 * `IExecuteData`, and nothing else does. A *Retry* of a failed execution is a new run that finds
 * the old ledger in its context.
 */
export class NodeRun {
	readonly ledger: Ledger;
	slots = new Slots(1);
	/** Items delivered by earlier tries of this run: they are not bought again. */
	private readonly kept = new Map<number, INodeExecutionData>();
	private started = 0;
	private failed = false;

	constructor(context: NodeContext, now: () => number) {
		this.ledger = new Ledger(ledgerState(context), processMemory, now);
	}

	/**
	 * To be called for each item as the engine starts it, before anything else. Item 0 begins a new
	 * try. A try after one without failure is no retry but a new call (an agent using the node as a
	 * tool, say): it gets nothing for free.
	 */
	start(itemIndex: number, concurrency: () => number): void {
		if (itemIndex === 0) {
			if (!this.failed) this.kept.clear();
			this.failed = false;
			this.started = 0;
			this.slots = new Slots(concurrency());
		}
		this.started += 1;
	}

	/** How many items the engine has started in this try. */
	get startedItems(): number {
		return this.started;
	}

	get hasFailed(): boolean {
		return this.failed;
	}

	fail(): void {
		this.failed = true;
	}

	/** Keeps what was delivered for an item, and returns a copy: n8n changes what it is given. */
	keep(itemIndex: number, item: INodeExecutionData): INodeExecutionData {
		this.kept.set(itemIndex, item);
		return { ...item };
	}

	/** What an earlier try delivered for this item. */
	keptItem(itemIndex: number): INodeExecutionData | undefined {
		const item = this.kept.get(itemIndex);
		return item === undefined ? undefined : { ...item };
	}
}

const runs = new WeakMap<IExecuteData, NodeRun>();

/** The run that `executeData` belongs to, made at its first item. */
export function nodeRunOf(executeData: IExecuteData, context: NodeContext): NodeRun {
	const known = runs.get(executeData);
	if (known !== undefined) return known;
	const run = new NodeRun(context, () => Date.now());
	runs.set(executeData, run);
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
	return 'spentMsat' in value && 'open' in value && 'adopted' in value;
}
