import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { isRunAsTool } from './agentTool';
import { fulfill } from './fulfill';
import type { Purchasable, RoutedOptions } from './purchasable';
import { asFailure, failureError, failureItem } from './nodeError';
import { runOf } from './savedState';
import { readConcurrency } from './parameters';
import type { TryTerms } from '../purchase/try';

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
	const isTool = isRunAsTool(ctx);
	const run = runOf(ctx, isTool);
	run.start(itemIndex, () => ({
		concurrency: readConcurrency(ctx),
		stopsOnFailure: !ctx.continueOnFail(),
		items: isTool ? 1 : inputItems(ctx),
		tries: isTool ? ONE_TRY : triesOf(ctx),
		cancelled: () => ctx.getExecutionCancelSignal()?.aborted === true,
	}));
	// The engine may give up while it starts the items, because the parameters of a later one cannot
	// be resolved. It then waits for none of them, so none may spend before all have started. With
	// *Batching* the engine pauses between the items: there the first ones must not wait for the last.
	if (!isTool && !ctx.continueOnFail() && !isBatched(ctx)) await run.allStarted();
	return await run
		.takeTurn(itemIndex, async () => await fulfill(ctx, operation, options, run))
		.then((item) => [item])
		.catch(async (cause: unknown) => {
			const failure = asFailure(cause);
			if (ctx.continueOnFail()) return [await failureItem(ctx, failure)];
			// The engine handles no error until it has started all items. One that is thrown earlier, or
			// after the engine gave up, is an unhandled rejection, which could end the process.
			if (!isTool) await run.allStarted();
			throw failureError(ctx, failure);
		});
}

const ONE_TRY = { most: 1, pauseMs: 0 };

/** How n8n reads *Retry On Fail*. */
function triesOf(ctx: IExecuteSingleFunctions): TryTerms['tries'] {
	const { retryOnFail, maxTries, waitBetweenTries } = ctx.getNode();
	if (retryOnFail !== true) return ONE_TRY;
	const most = Math.min(5, Math.max(2, maxTries ?? 3));
	return { most, pauseMs: Math.min(5_000, Math.max(0, waitBetweenTries ?? 1_000)) };
}

/** Whether the user lets the engine start the items one batch after the other. */
function isBatched(ctx: IExecuteSingleFunctions): boolean {
	const options: unknown = ctx.getNodeParameter('requestOptions', {});
	return typeof options === 'object' && options !== null && 'batching' in options;
}

function inputItems(ctx: IExecuteSingleFunctions): number {
	const items = ctx.getExecuteData().data.main?.[0]?.length ?? 0;
	return ctx.getNode().executeOnce === true ? Math.min(1, items) : items;
}
