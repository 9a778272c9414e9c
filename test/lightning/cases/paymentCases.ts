import type { WalletDescription } from '../../../nodes/Sats4Ai/wallets/wallet';
import { openBenchWallet, type Bench } from '../benches/bench';
import { ESTIMATES_FEES } from '../../wallets/emulators/emulated';
import { createInvoice, type LabInvoice } from '../lab/invoices';
import { startSpending } from './accounts';
import { AMOUNT_MSAT, Customer, LIMITS } from './customer';

/**
 * One payment, one invoice: it is made once, and told as it was. Cases of the contract suite have its
 * titles, here and in the other files.
 */
export function paymentCases(opened: () => Bench): void {
	const customer = new Customer(opened);

	/** An invoice that was paid in time, however busy the machine is, and has expired since. */
	const paidAndExpired = async (): Promise<LabInvoice> => {
		for (const expirySeconds of [4, 15, 60]) {
			const invoice = await customer.invoice({ expirySeconds });
			const { status } = await customer.settle(invoice);
			await expiry(expirySeconds);
			if (status === 'paid') return invoice;
		}
		throw new Error('No invoice was paid in time');
	};

	/** A paid invoice that is sent again is not called failed, and nothing leaves for it. */
	const staysPaid = async (invoice: LabInvoice): Promise<void> => {
		const spending = await startSpending(opened());
		const again = await customer.pay(invoice);
		expect(['paid', 'pending', 'unknown']).toContain(again.status);
		const paid = { status: 'paid', preimage: invoice.preimage };
		expect(await customer.lookUp(invoice)).toMatchObject(paid);
		expect((await spending()).paid).toEqual([]);
	};

	test('pays, with preimage and fee, and finds the payment again', async () => {
		const spending = await startSpending(opened());
		const invoice = await customer.invoice();
		const paid = { status: 'paid', preimage: invoice.preimage };
		expect(await customer.pay(invoice)).toMatchObject(paid);
		const [booked, ...others] = (await spending()).paid;
		expect(others).toEqual([]);
		expect(booked).toMatchObject({ paymentHash: invoice.paymentHash, amountMsat: AMOUNT_MSAT });
		expect(booked?.feeMsat).toBeGreaterThan(0n);
		expect(await customer.lookUp(invoice)).toEqual({ ...paid, feeMsat: booked?.feeMsat });
	});

	test('never sends the same payment twice', async () => {
		const invoice = await customer.invoice();
		await customer.pay(invoice);
		await staysPaid(invoice);
	});

	test('is not told "failed" by an invoice that was paid and has expired since', async () => {
		const invoice = await paidAndExpired();
		await staysPaid(invoice);
	});

	test('knows nothing of a payment that was never tried', async () => {
		expect(await customer.lookUp(await customer.invoice())).toEqual({ status: 'notFound' });
	});

	test('describes itself without paying', async () => {
		const spending = await startSpending(opened());
		const description = await openBenchWallet(opened().described).describe(10_000);
		expect(description).toMatchObject({
			status: 'ok',
			network: opened().network,
			alias: expect.stringMatching(/\w+/),
		});
		const { spendableMsat } = description as WalletDescription;
		expect(spendableMsat).toBeGreaterThan(AMOUNT_MSAT);
		expect((await spending()).paid).toEqual([]);
	});

	test('no balance', async () => {
		const { seller, tooMuchMsat, causes } = opened();
		const invoice = await createInvoice(seller, { amountMsat: tooMuchMsat });
		const outcome = await customer.settle(invoice, { ...LIMITS, maxFeeMsat: tooMuchMsat });
		expect(outcome).toMatchObject({
			status: expect.stringMatching(/^(failed|notSent)$/),
			cause: causes.short,
		});
	});

	test('an expired invoice is never paid by surprise', async () => {
		const { expired } = opened().causes;
		const spending = await startSpending(opened());
		const invoice = await customer.invoice({ expirySeconds: 1 });
		await expiry(1);
		expect(await customer.settle(invoice)).toMatchObject(
			// An error that proves nothing, and then no record, which may come late.
			expired === 'unknown'
				? { status: 'notFound' }
				: { status: expect.stringMatching(/^(failed|notSent)$/), cause: expired },
		);
		expect((await spending()).paid).toEqual([]);
	});

	test('a fee above the limit is not paid', async () => {
		const spending = await startSpending(opened());
		const limits = { ...LIMITS, maxFeeMsat: 999n };
		const outcome = await customer.pay(await customer.invoice(), limits);
		expect(outcome).toMatchObject(
			ESTIMATES_FEES.has(customer.wallet.name)
				? { status: 'notSent', cause: 'feeLimit' }
				: { status: expect.stringMatching(/^(failed|notSent)$/), cause: 'noRoute' },
		);
		expect((await spending()).paid).toEqual([]);
	});
}

/** An invoice made now for so many seconds has expired. */
async function expiry(seconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1_000));
}
