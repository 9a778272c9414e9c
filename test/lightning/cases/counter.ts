import type { Bench } from '../benches/bench';
import type { BookEntry } from '../lab/books';
import { startSpending, type Spending } from './accounts';
import { Buyer, takePhotograph, type Bought } from './purchase';

/** A buyer in a new process, and what it costs, on the books and at the counter. */
export interface Counter {
	readonly buyer: Buyer;
	/** The same order from another process. */
	readonly elsewhere: () => Buyer;
	readonly paid: () => Promise<Spending['paid']>;
	/** Pictures that were made since. */
	readonly orders: () => readonly string[];
}

/** Comes with a new photograph, and lets LND forget which channels have failed. */
export async function enter(bench: Bench): Promise<Counter> {
	const { shop, payer } = bench;
	await payer.post('/v2/router/mc/reset', {});
	const spending = await startSpending(bench);
	const ordersBefore = shop.backend.orders.length;
	const photograph = await takePhotograph();
	return {
		buyer: new Buyer(bench, photograph),
		elsewhere: () => new Buyer(bench, photograph),
		paid: async () => (await spending()).paid,
		orders: () => shop.backend.orders.slice(ordersBefore),
	};
}

/** Says, where there is no picture, what the payer's node says of its newest payment. */
export async function expectDelivered({ payer }: Bench, { error }: Bought): Promise<void> {
	if (error === undefined) return;
	const newest = '/v1/payments?include_incomplete=true&reversed=true&max_payments=1';
	const { payments } = await payer.get(newest);
	throw new Error(`${JSON.stringify(error)}\nnewest payment: ${JSON.stringify(payments)}`);
}

/** Delivered, and paid once, since the counter was entered. */
export async function expectBoughtOnce(
	bench: Bench,
	{ paid, orders }: Counter,
	bought: Bought,
): Promise<BookEntry> {
	await expectDelivered(bench, bought);
	const [booked, ...others] = await paid();
	expect(others).toEqual([]);
	if (booked === undefined) throw new Error('Nothing was paid');
	expect(bought.payment).toMatchObject({ status: 'paid', paymentHash: booked.paymentHash });
	expect(orders()).toHaveLength(1);
	return booked;
}
