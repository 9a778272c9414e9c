import {
	NodeApiError,
	type IDataObject,
	type IExecuteSingleFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { PurchaseFailure } from '../purchase/report/failure';
import { reasonIn } from '../purchase/report/reasonIn';
import { qrPicture } from './qrPicture';

const SCAN_IT = 'Or scan the QR code in binary.refund.';

/** The failure as users meet it: what n8n threw by itself becomes a failure of ours too. */
export function asFailure(cause: unknown): PurchaseFailure {
	if (cause instanceof PurchaseFailure) return cause;
	return new PurchaseFailure(
		'INPUT_INVALID',
		`The item could not be prepared: ${reasonIn(cause)}`,
		'Nothing was sent or paid. Check the expressions and the input of this node.',
	);
}

/**
 * The item that takes a failed one's place with *Continue On Fail*. Without `item.error`, which
 * would make n8n overwrite the json.
 */
export async function failureItem(
	ctx: IExecuteSingleFunctions,
	failure: PurchaseFailure,
): Promise<INodeExecutionData> {
	const picture = await refundPicture(ctx, failure);
	const report = reportOf(failure);
	if (picture.binary !== undefined) report.hint = `${failure.hint} ${SCAN_IT}`;
	return { json: { error: report }, ...picture, pairedItem: { item: ctx.getItemIndex() } };
}

/** The link of a refund as a QR code, in a field of its own, so that it is not taken for the picture. */
async function refundPicture(
	ctx: IExecuteSingleFunctions,
	failure: PurchaseFailure,
): Promise<Pick<INodeExecutionData, 'binary'>> {
	const { refund } = failure.details;
	const { lightningUri, status } = refund ?? {};
	if (lightningUri === undefined || status !== 'offered') return {};
	const store = async (): Promise<Pick<INodeExecutionData, 'binary'>> => {
		const picture = qrPicture(lightningUri.toUpperCase());
		if (picture === null) return {};
		const stored = await ctx.helpers.prepareBinaryData(picture, 'refund.png', 'image/png');
		return { binary: { refund: stored } };
	};
	// Where it cannot be drawn or stored, the error still holds the link.
	return await store().catch(() => ({}));
}

/** The error that n8n shows: message, what to do, and the whole report in `context.data`. */
export function failureError(ctx: IExecuteSingleFunctions, failure: PurchaseFailure): NodeApiError {
	const error = new NodeApiError(
		ctx.getNode(),
		{},
		{
			message: failure.message,
			description: failure.hint,
			itemIndex: ctx.getItemIndex(),
		},
	);
	// n8n replaces messages that quote certain error codes; ours say more than its replacements.
	error.message = failure.message;
	error.context.data = reportOf(failure);
	return error;
}

function reportOf(failure: PurchaseFailure): IDataObject {
	return { ...failure.report };
}
