import type { IExecuteSingleFunctions } from 'n8n-workflow';
import type { Http } from '../l402/http';
import { PurchaseFailure } from '../purchase/report/failure';
import { checkBody } from '../purchase/service/bodyLimits';
import { BodyOfFile, encodeBody, orderDigest, type Order } from '../purchase/service/order';
import { readInputImage } from './inputImage';
import type { Settings } from './parameters';
import type { Purchasable, RoutedOptions } from './purchasable';

/**
 * The checked request as the bytes that are sent; nothing else as large as the picture is kept. Throws
 * `INPUT_INVALID`, before any request to the service.
 */
export async function readOrder(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
	settings: Pick<Settings, 'serviceUrl' | 'skipDedup'>,
	http: Http,
): Promise<{ order: Order; inputFileName: string | null }> {
	const routed: unknown = options.body;
	const checked = checkBody(
		typeof routed === 'object' && routed !== null ? { ...routed } : {},
		operation.limits,
	);
	if (checked.status === 'invalid') {
		throw new PurchaseFailure('INPUT_INVALID', checked.message, checked.hint);
	}
	const image = operation.takesImage ? await readInputImage(ctx, http) : undefined;
	const url = settings.serviceUrl + String(options.url);
	const json = JSON.stringify(checked.body);
	const { newerName } = operation;
	const order: Order = {
		operation: operation.value,
		url,
		...(newerName === undefined ? {} : { newerName }),
		json,
		body: image?.file ? new BodyOfFile(json, image.file) : encodeBody(json, image?.bytes),
		digest: orderDigest(url, json, image?.bytes),
		itemIndex: ctx.getItemIndex(),
		skipDedup: settings.skipDedup,
	};
	return { order, inputFileName: image?.fileName ?? null };
}
