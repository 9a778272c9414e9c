import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { PICTURE } from '../model/simulatedService';
import { answer, Bench, delivered, PAYMENT_MS, terms, TOKEN } from './bench';
import { NOW, openPurchase } from './openPurchases';
import { order, bought } from './buying';

describe('a picture', () => {
	it('is asked for, paid, redeemed and stored', async () => {
		const bench = new Bench();
		const { item } = await bought(bench);
		const { preimage, paymentHash, text } = bench.invoice;
		expect(item).toEqual({
			picture: expect.objectContaining({ bytes: PICTURE, mimeType: 'image/png', imageUrl: null }),
			receipt: {
				status: 'paid',
				priceSat: 5,
				feeMsat: 500,
				paymentHash,
				preimage,
				wallet: 'lnd',
				paidAt: new Date(NOW).toISOString(),
			},
		});
		expect(bench.sent).toEqual(['ask', 'proof']);
		expect(bench.requests[1]?.headers.Authorization).toBe(`L402 ${TOKEN}:${preimage}`);
		expect(bench.payCalls).toEqual([text]);
		expect(bench.saved).toMatchObject({ spentMsat: '5500', open: {} });
		expect(bench.memory.fateOf(paymentHash)).toBe('delivered');
		expect(bench.ledger.family.mayFreeUp).toBe(false);
	});

	it('is written down before the wallet is called', async () => {
		const bench = new Bench();
		const { paymentHash, text } = bench.invoice;
		let before: unknown = null;
		const payer = {
			...bench.ports.payer,
			payInvoice: async () => {
				before = bench.saved?.open[paymentHash];
				return bench.pay;
			},
		};
		await bench.run(async () => await buy(order, terms, { ...bench.ports, payer }));
		expect(before).toEqual({
			...openPurchase(),
			digest: order.digest,
			family: bench.ledger.family.id,
			invoice: text,
			paymentHash,
			expiresAt: NOW + 600_000,
		});
	});

	it('that is on the shelf costs nothing', async () => {
		const bench = new Bench();
		const { item } = await bought(bench);
		const again = await bought(bench);
		expect(again.item).toEqual(item);
		expect(bench.sent).toHaveLength(2);
	});

	it('that the service gives for nothing is stored as such', async () => {
		const bench = new Bench();
		bench.says.ask = [delivered];
		const { item } = await bought(bench);
		expect(item?.receipt).toMatchObject({ status: 'notCharged', priceSat: 0 });
		expect([bench.payCalls, bench.saved?.spentMsat]).toEqual([[], '0']);
	});

	it.each([
		['dearer than the price limit', { maxPriceMsat: 4_999n }, 'PRICE_OVER_LIMIT'],
		['on another network', { network: 'mainnet' }, 'NETWORK_MISMATCH'],
		['over the budget of the run', { maxTotalMsat: 6_999n }, 'BUDGET_EXCEEDED'],
	])('is not paid: %s', async (_, change, code) => {
		const bench = new Bench();
		expect((await bought(bench, change)).report).toMatchObject({ code, spent: 'no' });
		expect([bench.payCalls, bench.saved?.open]).toEqual([[], {}]);
	});

	it('over the budget says what is spent, and what it may cost', async () => {
		const bench = new Bench();
		bench.ledger.family.reserve('other', 1_500n);
		expect((await bought(bench, { maxTotalMsat: 8_000n })).report).toEqual({
			code: 'BUDGET_EXCEEDED',
			spent: 'no',
			message:
				'This picture may cost 7 sats with its fee; 2 of 8 sats of this run are spent or reserved',
			hint: "Nothing was paid for this item. Raise 'Max Total (Sats)' or lower 'Max Fee (Sats)'.",
		});
	});

	it('waits for a payment under way that may free some of the budget', async () => {
		const bench = new Bench();
		const { family } = bench.ledger;
		family.reserve('other', 5_000n);
		family.paymentBegins('other');
		void bench.time.pass(10_000, false).then(() => {
			family.free('other');
			family.paymentEnds('other');
		});
		const { item } = await bought(bench, { maxTotalMsat: 8_000n });
		expect(item?.receipt.paidAt).toBe(new Date(NOW + 10_000).toISOString());
	});

	it('is not paid in a run that is stopped while it waits', async () => {
		const bench = new Bench();
		const { family } = bench.ledger;
		family.reserve('other', 5_000n);
		family.paymentBegins('other');
		void bench.time.pass(10_000, false).then(() => {
			bench.time.stop();
			family.free('other');
			family.paymentEnds('other');
		});
		const { report } = await bought(bench, { maxTotalMsat: 8_000n });
		expect(report).toMatchObject({ code: 'CANCELLED', spent: 'no' });
		expect(bench.payCalls).toEqual([]);
	});

	it('is not paid for with an invoice that ends while it waits', async () => {
		const bench = new Bench();
		const { family } = bench.ledger;
		family.reserve('other', 5_000n);
		family.paymentBegins('other');
		void bench.time.pass(600_000, false).then(() => family.paymentEnds('other'));
		const { report } = await bought(bench, { maxTotalMsat: 8_000n });
		expect(report).toMatchObject({ code: 'INVOICE_EXPIRED', spent: 'no' });
	});

	it('is not bought after one that could not be stored', async () => {
		const bench = new Bench();
		bench.ledger.family.storingFails = true;
		expect((await bought(bench)).report).toEqual({
			code: 'CANCELLED',
			spent: 'no',
			message: 'Not bought, because n8n could not store the picture before it',
			hint: 'Nothing was paid for this item. Make room for binary data and run again.',
		});
		expect(bench.sent).toEqual([]);
	});

	it('is not paid with an invoice that another purchase is using', async () => {
		const bench = new Bench();
		bench.memory.put(openPurchase({ digest: 'other', paymentHash: bench.invoice.paymentHash }));
		expect((await bought(bench)).report).toEqual({
			code: 'CHALLENGE_INVALID',
			spent: 'no',
			message: 'The service sent an invoice that another purchase is already using',
			hint: 'Nothing was paid for this item. Report it to the service: each request needs its own.',
		});
	});
});

describe('a payment', () => {
	it('that failed is over, and takes nothing', async () => {
		const bench = new Bench();
		bench.pay = { status: 'failed', cause: 'noRoute', reason: 'no route' };
		expect((await bought(bench)).report).toMatchObject({
			code: 'PAYMENT_FAILED',
			spent: 'no',
			payment: { paymentHash: bench.invoice.paymentHash },
		});
		expect(bench.memory.fateOf(bench.invoice.paymentHash)).toBe('unpaid');
		expect(bench.saved).toMatchObject({ spentMsat: '0', open: {} });
		expect(bench.ledger.family.committedMsat).toBe(0n);
	});

	it('that nobody can tell the end of stays open', async () => {
		const bench = new Bench();
		bench.pay = { status: 'unknown', reason: 'silence' };
		bench.lookups = [{ status: 'pending', reason: 'under way' }];
		const { report } = await bought(bench);
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
		expect(bench.ledger.get(bench.invoice.paymentHash)?.status).toBe('paying');
		expect(bench.ledger.family.committedMsat).toBe(7_000n);
		expect(bench.time.now).toBe(NOW + PAYMENT_MS);
		expect(bench.ledger.standingOf(bench.invoice.paymentHash)).toBe('free');
	});

	it.each([
		[null, null, null],
		[0n, 0, '0'],
		[-5n, 0, '0'],
	])('with a fee of %s msat', async (feeMsat, told, saved) => {
		const bench = new Bench();
		bench.pay = { status: 'paid', preimage: bench.invoice.preimage, feeMsat };
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench);
		expect(bench.ledger.get(bench.invoice.paymentHash)).toMatchObject({
			status: 'paid',
			feeMsat: saved,
			paidAt: new Date(NOW).toISOString(),
		});
		bench.says.redeem = [delivered];
		expect((await bought(bench)).item?.receipt.feeMsat).toBe(told);
	});
});

describe('an error that nobody foresaw', () => {
	it('while the payment is under way is told as unknown', async () => {
		const bench = new Bench();
		const payer = {
			...bench.ports.payer,
			payInvoice: async () => await Promise.reject(new Error('odd')),
		};
		const ports = { ...bench.ports, payer };
		const { report } = await bench.run(async () => await buy(order, terms, ports));
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
		expect(report?.message).toMatch(/odd$/);
		expect(bench.ledger.standingOf(bench.invoice.paymentHash)).toBe('free');
	});

	it('after the payment is told with the proof', async () => {
		const bench = new Bench();
		const service = {
			...bench.ports.service,
			redeem: async () => await Promise.reject(new Error('odd')),
		};
		const ports = { ...bench.ports, service };
		const { report } = await bench.run(async () => await buy(order, terms, ports));
		expect(report).toMatchObject({
			code: 'REDEEM_FAILED',
			spent: 'yes',
			payment: { preimage: bench.invoice.preimage },
		});
	});
});
