import type { IDataObject } from 'n8n-workflow';
import { paymentOf } from './outcome';
import type { Scene } from './scene';

/** Pays an invoice with a wallet of one's own, by hand, and reads the preimage off it. */
async function payByHand({ sandbox }: Scene, invoice: unknown): Promise<string> {
	const answer = await fetch(`${sandbox.walletUrl}/api/v1/payments`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-api-key': sandbox.adminKey },
		body: JSON.stringify({ out: true, bolt11: invoice }),
	});
	const { preimage } = (await answer.json()) as { preimage: string };
	return preimage;
}

/** An invoice from the node, and how it is paid. */
export async function paidElsewhere(
	scene: Scene,
	parameters: IDataObject = {},
	options: IDataObject = {},
) {
	const { items } = await scene.run({
		parameters: { ...parameters, payment: 'invoiceOnly' },
		options,
		credential: null,
	});
	const { token, invoice } = paymentOf(items[0]);
	return { token: String(token), preimage: await payByHand(scene, invoice) };
}
