import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { fulfil, type Purchasable, type RoutedOptions } from './fulfil';
import { asFailure, failureError, failureItem } from './nodeError';
import { nodeRunOf } from './nodeRunOf';
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
	run.start(itemIndex, () => ({
		concurrency: readConcurrency(ctx),
		stopsOnFailure: !ctx.continueOnFail(),
	}));
	// The engine starts all items in one go. Where it broke off, nobody waits for those it started.
	await Promise.resolve();
	if (engineBrokeOff(ctx, run.startedItems)) return [];
	return await run
		.takeTurn(itemIndex, async () => await fulfil(ctx, operation, options, run))
		.then((item) => [item])
		.catch((cause: unknown) => {
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
function engineBrokeOff(ctx: IExecuteSingleFunctions, startedItems: number): boolean {
	const { batching } = asObject(ctx.getNodeParameter('requestOptions', {}));
	const givenItems = ctx.getExecuteData().data.main?.[0]?.length ?? 0;
	const inputItems = ctx.getNode().executeOnce === true ? Math.min(1, givenItems) : givenItems;
	return batching === undefined && !ctx.continueOnFail() && startedItems < inputItems;
}

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
