import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { PurchaseFailure } from './failure';
import { fulfil, type Purchasable, type RoutedOptions } from './fulfil';
import { asFailure, failureError, failureItem } from './nodeError';
import { nodeRunOf, type NodeRun } from './nodeRun';
import { readConcurrency } from './settings';

/**
 * The pagination function of an operation: the one hook of n8n's declarative engine that may send
 * a request more than once. The engine has gathered the body from the fields' `routing` and calls
 * it for all items at once; slots make them wait for their turn. n8n's context, its `this`, is
 * passed on as an argument.
 */
export function exchangeFor(operation: Purchasable) {
	return async function exchange(
		this: IExecutePaginationFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await takeTurn(this, operation, requestData.options);
	};
}

async function takeTurn(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
): Promise<INodeExecutionData[]> {
	const itemIndex = ctx.getItemIndex();
	const run = nodeRunOf(ctx.getExecuteData(), ctx.getContext('node'));
	run.start(itemIndex, () => readConcurrency(ctx));
	const kept = run.keptItem(itemIndex);
	if (kept !== undefined) return [kept];
	const { slots } = run;
	// The engine starts all items in one go. Where it broke off, nobody waits for those it started.
	await Promise.resolve();
	if (engineBrokeOff(ctx, run)) return [];
	return await slots
		.run(async () => {
			if (run.hasFailed && !ctx.continueOnFail()) throw notStarted();
			return await fulfil(ctx, operation, options, run.ledger);
		})
		.then((item) => [run.keep(itemIndex, item)])
		.catch((cause: unknown) => {
			run.fail();
			const failure = asFailure(cause);
			if (ctx.continueOnFail()) return [failureItem(failure, itemIndex)];
			throw failureError(ctx, failure);
		});
}

/**
 * Whether the engine gave up on the run while starting its items, because a later item's
 * parameters could not be resolved. It then waits for none of them, so none may spend. With
 * *Batching* the items start one by one and this cannot be told.
 */
function engineBrokeOff(ctx: IExecuteSingleFunctions, run: NodeRun): boolean {
	const { batching } = asObject(ctx.getNodeParameter('requestOptions', {}));
	const inputItems = ctx.getExecuteData().data.main?.[0]?.length ?? 0;
	return batching === undefined && !ctx.continueOnFail() && run.startedItems < inputItems;
}

function notStarted(): PurchaseFailure {
	return new PurchaseFailure(
		'CANCELLED',
		'Not started, because another item of this run had failed',
		"Nothing was paid for this item. Run again, or switch on 'Continue On Fail'.",
	);
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
