import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { placeOf } from '../lnurl/place';
import type { Clock } from '../l402/clock';
import type { Http } from '../l402/http';
import { buy } from '../purchase/buy';
import { buyerOf } from './credentialWallet';
import { cancelled } from '../purchase/report/failure';
import { isTool, requireLinks } from './agentTool';
import { n8nClock } from './n8nClock';
import { n8nHttp, type RequestHelper } from './n8nHttp';
import type { NodeRun } from '../purchase/nodeRun';
import { finishWithoutWallet } from '../purchase/withoutWallet';
import { payQuote } from '../purchase/payQuote';
import { readQuote } from '../purchase/quote';
import { pictureItem } from './outputItem';
import { processMemory } from '../purchase/books/purchaseMemory';
import type { Purchasable, RoutedOptions } from './purchasable';
import { quote } from './quoteItem';
import { redeemPaid } from '../purchase/redeem';
import { serviceOver } from '../purchase/service/service';
import type { Store } from '../purchase/service/storePicture';
import { readSettings, type Settings } from './parameters';
import { prepare } from './prepare';
import { readOrder } from './readOrder';

/** One item whose turn has come: its order is made, then bought, quoted or redeemed. */
export async function fulfill(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
	run: NodeRun<INodeExecutionData>,
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
	if (isTool(ctx) && operation.answersInline === true && pays(settings)) {
		await requireLinks(ctx);
	}
	const finish = await prepare(ctx, settings, request, clock, run);
	try {
		return await complete(ctx, operation, options, run, { clock, http, settings, finish });
	} finally {
		if (finish.by === 'wallet') finish.wallet.close?.();
	}
}

interface Means {
	readonly clock: Clock;
	readonly http: Http;
	readonly settings: Settings;
	readonly finish: Awaited<ReturnType<typeof prepare>>;
}

async function complete(
	ctx: IExecuteSingleFunctions,
	operation: Purchasable,
	options: RoutedOptions,
	{ ledger, shelf }: NodeRun<INodeExecutionData>,
	{ clock, http, settings, finish }: Means,
): Promise<INodeExecutionData> {
	const { requestTimeoutMs, outputField } = settings;
	const { order, inputFileName } = await readOrder(ctx, operation, options, settings, http);
	const naming = { operation: operation.value, inputFileName, settings };
	const service = serviceOver(http, clock, requestTimeoutMs);
	const shop = { clock, service, serviceUrl: settings.serviceUrl };
	const store: Store<INodeExecutionData> = async (picture, receipt) =>
		await pictureItem(ctx, picture, receipt, naming);
	switch (finish.by) {
		case 'quote':
			return await quote(ctx, order, requestTimeoutMs, outputField, shop, store);
		case 'redeem':
			return await redeemPaid(order, finish.paid, requestTimeoutMs, processMemory, shop, store);
		case 'nobody': {
			const ports = { ...shop, ledger, shelf, store, buyer: buyerOf(ctx) };
			return await finishWithoutWallet(order, settings, ports, finish.trouble);
		}
		case 'wallet': {
			const { wallet, walletKey, day } = finish;
			const { network, maxPaymentMsat } = finish.settings;
			const terms = { ...settings, network, maxPaymentMsat };
			const timeoutMs = settings.paymentTimeoutMs;
			const mayLeadInside = placeOf(new URL(settings.serviceUrl)) !== 'outside';
			const taker = {
				clock,
				receiver: wallet,
				walletKey,
				network,
				http,
				mayLeadInside,
				timeoutMs,
			};
			const refunds = settings.claimRefunds ? taker : null;
			const buyer = buyerOf(ctx);
			const purse = { payer: wallet, wallet: wallet.name, walletKey, buyer, day, refunds };
			const ports = { ...shop, ...purse, ledger, shelf, store };
			if (settings.payment === 'wallet') return await buy(order, terms, ports);
			const offer = readQuote(ctx.getNodeParameter('quote', null), order.digest);
			return await payQuote(order, offer, terms, ports);
		}
	}
}

function pays({ payment }: Settings): boolean {
	return payment === 'wallet' || payment === 'payQuote';
}
