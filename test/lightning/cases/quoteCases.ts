import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { openBenchWallet, type Bench } from '../benches/bench';
import { HeldForwards } from '../lab/heldForwards';
import type { Lnd } from '../lab/lnd';
import { startShortLivedShop } from '../lab/shortLivedShop';
import { enter, expectDelivered } from './counter';
import { LIMITS } from './customer';
import type { Bought, Buyer } from './purchase';

/** Long enough to be paid on a busy machine. */
const EXPIRY_SECONDS = 30;

/** *Get Invoice Only*, then *Pay a Quote*: one invoice, one payment, whoever repeats the step. */
export function quoteCases(opened: () => Bench, middle: () => Lnd): void {
	const ask = async (buyer: Buyer, options: IDataObject = {}): Promise<IDataObject> => {
		const parameters = { payment: 'invoiceOnly' };
		const { error, payment } = await buyer.buy({
			operation: 'colorizeImage',
			parameters,
			options,
		});
		expect(error).toBeUndefined();
		return payment;
	};
	const pay = async (
		buyer: Buyer,
		quote: IDataObject,
		options: IDataObject = {},
	): Promise<Bought> =>
		await buyer.buy({
			operation: 'colorizeImage',
			parameters: { payment: 'payQuote', quote: JSON.stringify(quote) },
			options,
		});
	/** Another program with the same wallet. */
	const payElsewhere = async ({ invoice, paymentHash, priceSat }: IDataObject): Promise<void> => {
		const payable = {
			text: String(invoice),
			paymentHash: String(paymentHash),
			amountMsat: BigInt(Number(priceSat)) * 1000n,
		};
		const outcome = await openBenchWallet(opened().credential).payInvoice(payable, LIMITS);
		expect(outcome).toMatchObject({ status: 'paid' });
	};

	test('a quote is paid once, however often, by whatever process', async () => {
		const { buyer, elsewhere, paid, orders } = await enter(opened());
		const quote = await ask(buyer);
		expect(await paid()).toEqual([]);
		for (const payer of [buyer, buyer, elsewhere(), elsewhere()]) {
			const bought = await pay(payer, quote);
			await expectDelivered(opened(), bought);
			const { paymentHash } = quote;
			expect(bought.payment).toMatchObject({ status: 'paid', paymentHash });
			expect(await paid()).toMatchObject([{ paymentHash }]);
		}
		expect(orders()).toHaveLength(4);
	});

	test('a quote that two processes pay at once leaves the wallet once', async () => {
		const { buyer, elsewhere, paid } = await enter(opened());
		const quote = await ask(buyer);
		const forwards = await HeldForwards.at(middle());
		try {
			const options = { paymentTimeout: 120 };
			const both = [pay(buyer, quote, options), pay(elsewhere(), quote, options)];
			await opened().payer.until('held payment', async () => (forwards.count > 0 ? true : null));
			// So that the other one has its say, too.
			await wait(2_000);
			forwards.resolve('RESUME');
			await forwards.close();
			for (const bought of await Promise.all(both)) {
				await expectDelivered(opened(), bought);
				expect(bought.payment).toMatchObject({ paymentHash: quote.paymentHash });
			}
			expect(await paid()).toMatchObject([{ paymentHash: quote.paymentHash }]);
		} finally {
			await forwards.close();
		}
	});

	test('a quote that another program has paid is redeemed', async () => {
		const { buyer, paid, orders } = await enter(opened());
		const quote = await ask(buyer);
		await payElsewhere(quote);
		const bought = await pay(buyer, quote);
		await expectDelivered(opened(), bought);
		expect(await paid()).toMatchObject([{ paymentHash: quote.paymentHash }]);
		expect(orders()).toHaveLength(1);
	});

	test('a quote that has expired is not paid, and redeemed if it was paid before', async () => {
		const { seller, shop } = opened();
		const store = await startShortLivedShop(seller, shop.backend.address, EXPIRY_SECONDS);
		try {
			const options = { baseUrl: store.url };
			const { buyer, elsewhere, paid } = await enter(opened());
			const [unpaid, paidQuote] = [await ask(buyer, options), await ask(buyer, options)];
			await payElsewhere(paidQuote);
			await wait((EXPIRY_SECONDS + 1) * 1_000);
			const { error } = await pay(elsewhere(), unpaid, options);
			expect(error).toMatchObject({ code: 'INVOICE_EXPIRED', spent: 'no' });
			await expectDelivered(opened(), await pay(elsewhere(), paidQuote, options));
			expect(await paid()).toMatchObject([{ paymentHash: paidQuote.paymentHash }]);
		} finally {
			await store.stop();
		}
	});
}
