import { heldElsewhere } from '../../nodes/Sats4Ai/purchase/openFailures';
import { Bench } from './bench';
import { benchWith, bought } from './buying';
import { DAY_MS, NOW, openPurchase } from './openPurchases';

const LOST = { status: 'unknown', reason: 'no answer', isLineLost: true } as const;
const FAILED = { status: 'failed', cause: 'other', reason: 'no route' } as const;
const OPEN = { code: 'PAYMENT_UNKNOWN', spent: 'unknown' };

describe('a wallet that lost its node in the middle of a payment', () => {
	it('is told as such, and written down', async () => {
		const bench = new Bench();
		bench.pay = LOST;
		bench.lookups = [FAILED];
		const { report } = await bought(bench);
		expect(report).toMatchObject(OPEN);
		expect(report?.hint).toMatch(/^The wallet had lost its node.* Run again: /);
		expect(bench.saved?.open[bench.invoice.paymentHash]?.isLineLost).toBe(true);
	});

	it('is written down in a Retry, too', async () => {
		const { bench, paymentHash } = benchWith();
		bench.lookups = [{ ...FAILED, isLineLost: true }];
		expect((await bought(bench)).report).toMatchObject(OPEN);
		expect(bench.saved?.open[paymentHash]?.isLineLost).toBe(true);
	});

	it('has not failed before a day after the expiry, whatever it says', async () => {
		const expiresAt = NOW - DAY_MS + 3_600_000;
		const { bench } = benchWith({ isLineLost: true, expiresAt });
		bench.lookups = [FAILED];
		expect((await bought(bench)).report).toMatchObject(OPEN);
		expect(bench.payCalls).toEqual([]);
	});

	it('has failed a day after it, and the picture is bought anew', async () => {
		const { bench } = benchWith({ isLineLost: true, expiresAt: NOW - DAY_MS - 1 });
		bench.lookups = [FAILED];
		expect((await bought(bench)).report).toBeUndefined();
		expect(bench.payCalls).toEqual([bench.invoice.text]);
	});
});

it('a payment that ends as unknown without that is not written down as such', async () => {
	const bench = new Bench();
	bench.pay = { status: 'unknown', reason: 'silence' };
	bench.lookups = [{ status: 'pending', reason: 'under way' }];
	const { report } = await bought(bench);
	expect(report?.hint).toMatch(/^Run again: /);
	expect(bench.saved?.open[bench.invoice.paymentHash]).not.toHaveProperty('isLineLost');
});

it('a purchase that another attempt works on is told, with what finishes it', () => {
	const purchase = openPurchase();
	expect(heldElsewhere(purchase).report).toMatchObject({
		...OPEN,
		message: expect.stringContaining(
			`still at work on this very purchase (payment hash ${purchase.paymentHash})`,
		),
		hint: expect.stringContaining('Nothing was paid again.'),
		payment: { paymentHash: purchase.paymentHash },
	});
});
