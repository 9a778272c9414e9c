import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import { askForOffer, type AskPorts } from '../purchase/service/ask';
import { readOffer } from '../purchase/service/offer';
import { satOf } from '../purchase/books/openPurchase';
import { qrPicture } from './qrPicture';
import type { Order } from '../purchase/service/service';

/** Asks the price and makes an item of the invoice: text, link and QR code. Pays nothing. */
export async function quote(
	ctx: IExecuteSingleFunctions,
	order: Order,
	requestTimeoutMs: number,
	outputField: string,
	ports: AskPorts<INodeExecutionData>,
): Promise<INodeExecutionData> {
	const asked = await askForOffer(order, requestTimeoutMs, ports);
	if (asked.status === 'notCharged') return asked.item;
	const { challenge, invoice, amountMsat } = readOffer(asked.header, ports.clock.now());
	const qrCode = qrPicture(invoice.text);
	return {
		json: {
			operation: order.operation,
			payment: {
				status: 'unpaid',
				priceSat: satOf(amountMsat),
				invoice: invoice.text,
				paymentHash: invoice.paymentHash,
				token: challenge.token,
				expiresAt: new Date(invoice.expiresAt).toISOString(),
				network: invoice.network,
				lightningUri: `lightning:${invoice.text}`,
			},
		},
		binary: {
			[outputField]: await ctx.helpers.prepareBinaryData(qrCode, 'invoice.png', 'image/png'),
		},
		pairedItem: { item: ctx.getItemIndex() },
	};
}
