import type { Bench } from '../benches/bench';
import { cancelInvoice, invoiceState, settleHeld, type LabInvoice } from '../lab/invoices';
import { startSpending } from './accounts';
import { Customer } from './customer';

/** A seller who lets the money hang: LND's hold invoices. */
export function inFlightCases(opened: () => Bench): void {
	const customer = new Customer(opened);
	const held: LabInvoice[] = [];

	// Whatever a test left in flight must not be in the way of the next one.
	afterEach(async () => {
		const { seller } = opened();
		for (const left of held.splice(0)) {
			const state = await invoiceState(seller, left);
			// Canceled before its payment arrives, it turns the payment back.
			if (['OPEN', 'ACCEPTED'].includes(state)) await cancelInvoice(seller, left);
		}
	});

	/** An invoice whose payment has reached the seller and stays there. */
	const holdOne = async (): Promise<LabInvoice> => {
		const { seller, inFlight } = opened();
		const invoice = await customer.invoice({ held: true });
		held.push(invoice);
		const outcome = await customer.payHurriedly(invoice);
		expect(['pending', 'unknown']).toContain(outcome.status);
		await seller.until('held payment', async () =>
			(await invoiceState(seller, invoice)) === 'ACCEPTED' ? true : null,
		);
		expect(inFlight).toContain((await customer.lookUpHurriedly(invoice)).status);
		return invoice;
	};

	test('in flight, then paid', async () => {
		const spending = await startSpending(opened());
		const invoice = await holdOne();
		const again = await customer.payHurriedly(invoice);
		expect(['pending', 'unknown']).toContain(again.status);
		await settleHeld(opened().seller, invoice);
		const record = await customer.end(invoice);
		expect(record).toMatchObject({ status: 'paid', preimage: invoice.preimage });
		expect((await spending()).paid).toMatchObject([{ paymentHash: invoice.paymentHash }]);
	});

	test('in flight, then failed', async () => {
		const spending = await startSpending(opened());
		const invoice = await holdOne();
		await cancelInvoice(opened().seller, invoice);
		expect(await customer.end(invoice)).toMatchObject({ status: 'failed' });
		expect((await spending()).paid).toEqual([]);
	});
}
