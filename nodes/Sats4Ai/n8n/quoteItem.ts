import type { IExecuteSingleFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Shop } from '../purchase/ports';
import { satOf } from '../purchase/report/receipt';
import { askForOffer } from '../purchase/service/ask';
import { readOffer } from '../purchase/service/offer';
import type { Order } from '../purchase/service/order';
import { storeFree, type Store } from '../purchase/service/storePicture';
import { qrPicture } from './qrPicture';

/** Asks the price and makes an item of the invoice: text, link and QR code. Pays nothing. */
export async function quote(
	ctx: IExecuteSingleFunctions,
	order: Order,
	requestTimeoutMs: number,
	outputField: string,
	shop: Shop,
	store: Store<INodeExecutionData>,
): Promise<INodeExecutionData> {
	const asked = await askForOffer(order, requestTimeoutMs, shop);
	if (asked.status === 'notCharged') return await storeFree(store, asked.picture);
	const { challenge, invoice, amountMsat } = readOffer(asked.header, shop.clock.now());
	const qrCode = qrPicture(invoice.text.toUpperCase());
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
				order: order.digest,
				// What is not said is L402; a service that knows LSAT alone wants its own word back.
				...(challenge.scheme === 'L402' ? {} : { scheme: challenge.scheme }),
			},
		},
		// One that is too long for a code leaves text and link.
		...(qrCode === null
			? {}
			: {
					binary: {
						[outputField]: await ctx.helpers.prepareBinaryData(qrCode, 'invoice.png', 'image/png'),
					},
				}),
		pairedItem: { item: ctx.getItemIndex() },
	};
}
