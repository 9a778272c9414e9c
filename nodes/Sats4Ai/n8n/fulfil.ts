import type {
	DeclarativeRestApiSettings,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Clock } from '../l402/clock';
import type { Http } from '../l402/http';
import { checkBody, type Limit } from '../purchase/service/bodyLimits';
import { buy } from '../purchase/buy';
import type { Picture } from '../purchase/service/collect';
import { connectCredentialWallet } from './credentialWallet';
import { cancelled, PurchaseFailure } from '../purchase/report/failure';
import { readInputImage } from './inputImage';
import { n8nClock } from './n8nClock';
import { n8nHttp, type RequestHelper } from './n8nHttp';
import type { NodeRun } from '../purchase/nodeRun';
import { pictureItem } from './outputItem';
import { processMemory } from '../purchase/books/purchaseMemory';
import { quote } from './quoteItem';
import type { Receipt } from '../purchase/report/receipt';
import { readPaidElsewhere, redeemPaid } from '../purchase/redeem';
import { encodeBody, orderDigest } from '../purchase/service/order';
import { serviceOver, type Order } from '../purchase/service/service';
import { readSettings, type Settings } from './parameters';

/** What has to be known of an operation to buy it. */
export interface Purchasable {
	/** Value of the `operation` parameter; part of result file names. */
	readonly value: string;
	/** Whether the body carries an `image`. */
	readonly takesImage: boolean;
	/** What the endpoint accepts, by body key: checked before any request. */
	readonly limits: readonly Limit[];
}

export type RoutedOptions = DeclarativeRestApiSettings.ResultOptions['options'];

/** One item whose turn has come: its order is made, then bought, quoted or redeemed. */
export async function fulfil(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
	{ ledger, shelf }: NodeRun<INodeExecutionData>,
): Promise<INodeExecutionData> {
	const cancelSignal = ctx.getExecutionCancelSignal();
	const clock = n8nClock(cancelSignal);
	if (clock.cancelled()) throw cancelled();
	const request: RequestHelper = async (wanted) => {
		const response: unknown = await ctx.helpers.httpRequest(wanted);
		return response;
	};
	const { proxy } = options;
	const skipSslCertificateValidation = options.skipSslCertificateValidation === true;
	const http = n8nHttp(request, { proxy, skipSslCertificateValidation }, cancelSignal);
	const settings = readSettings(ctx);
	const { requestTimeoutMs, outputField } = settings;
	const finish = await prepare(ctx, settings, request, clock);
	const { order, inputFileName } = await readOrder(ctx, operation, options, settings, http);
	const naming = { operation: operation.value, inputFileName, settings };
	const ports = {
		clock,
		service: serviceOver(http, clock, requestTimeoutMs),
		serviceUrl: settings.serviceUrl,
		store: async (picture: Picture, receipt: Receipt) =>
			await pictureItem(ctx, picture, receipt, naming),
	};
	switch (finish.by) {
		case 'quote':
			return await quote(ctx, order, requestTimeoutMs, outputField, ports);
		case 'redeem':
			return await redeemPaid(order, finish.paid, requestTimeoutMs, processMemory, ports);
		case 'wallet': {
			const { wallet, walletKey } = finish;
			const { network, maxPaymentMsat } = finish.settings;
			const terms = { ...settings, network, maxPaymentMsat };
			const claims = { receiver: wallet, http, network, timeoutMs: settings.paymentTimeoutMs };
			const buyPorts = {
				...ports,
				ledger,
				shelf,
				payer: wallet,
				wallet: wallet.name,
				walletKey,
				refunds: settings.claimRefunds ? claims : null,
			};
			return await buy(order, terms, buyPorts);
		}
	}
}

/** What the way of paying needs, read and checked before the picture is. */
async function prepare(
	ctx: IExecuteSingleFunctions,
	{ payment, paymentTimeoutMs }: Settings,
	request: RequestHelper,
	clock: Clock,
) {
	switch (payment) {
		case 'invoiceOnly':
			return { by: 'quote' as const };
		case 'redeem': {
			const token: unknown = ctx.getNodeParameter('token', '');
			const preimage: unknown = ctx.getNodeParameter('preimage', '');
			return { by: 'redeem' as const, paid: readPaidElsewhere(token, preimage) };
		}
		case 'wallet':
			return {
				by: 'wallet' as const,
				...(await connectCredentialWallet(ctx, request, clock, paymentTimeoutMs)),
			};
	}
}

/** The checked request as the bytes that are sent, and nothing else of the picture's size. */
async function readOrder(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
	settings: Settings,
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
	const order: Order = {
		operation: operation.value,
		url,
		body: encodeBody(json, image?.bytes),
		digest: orderDigest(url, json, image?.bytes),
		itemIndex: ctx.getItemIndex(),
		skipDedup: settings.skipDedup,
	};
	return { order, inputFileName: image?.fileName ?? null };
}
