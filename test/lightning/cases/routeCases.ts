import { randomBytes } from 'node:crypto';
import type { PayableInvoice } from '../../../nodes/Sats4Ai/l402/payer';
import { mintInvoice } from '../../../sandbox/mintInvoice';
import type { Bench } from '../benches/bench';
import type { Lnd } from '../lab/lnd';
import { returnToNetwork } from '../lab/network';
import { startSpending } from './accounts';
import { AMOUNT_MSAT, Customer } from './customer';

/** What a wallet says when the money cannot get through. */
export function routeCases(opened: () => Bench, middle: () => Lnd): void {
	const customer = new Customer(opened);

	test('no route', async () => {
		const spending = await startSpending(opened());
		const outcome = await customer.settle(ofNobody());
		const { noRoute: cause } = opened().causes;
		expect(outcome).toMatchObject({ status: 'failed', cause });
		expect((await spending()).paid).toEqual([]);
	});

	test('peer offline', async () => {
		const { seller, payer } = opened();
		const spending = await startSpending(opened());
		const invoice = await customer.invoice();
		await middle().stop();
		const outcome = await customer.settle(invoice).finally(async () => {
			await returnToNetwork(middle(), [payer, seller]);
		});
		expect(['failed', 'notSent']).toContain(outcome.status);
		expect((await spending()).paid).toEqual([]);
		expect(await customer.pay(await customer.invoice())).toMatchObject({ status: 'paid' });
	});
}

/** A sound invoice of a node that nobody has a channel with. */
function ofNobody(): PayableInvoice {
	const invoice = mintInvoice(
		{
			network: 'regtest',
			amountMsat: Number(AMOUNT_MSAT),
			description: 'a picture',
			createdAt: Date.now(),
			expirySeconds: 600,
		},
		randomBytes(32),
	);
	return { ...invoice, amountMsat: AMOUNT_MSAT };
}
