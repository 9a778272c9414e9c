import { payQuote } from '../../nodes/Sats4Ai/purchase/payQuote';
import { readQuote } from '../../nodes/Sats4Ai/purchase/quote';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { PICTURE } from '../model/simulatedService';
import { identifierFor, writeV2 } from '../l402/macaroonWriter';
import { answer, Bench, delivered, lost, orderOf, terms, TOKEN, type Item } from './bench';
import { DAY_MS, mint, NOW, openPurchase } from './openPurchases';

const order = orderOf();
const FAMILY = 'f'.repeat(16);

async function pay(bench: Bench, change: object = {}) {
	const quote = readQuote({ token: TOKEN, invoice: bench.invoice.text }, order.digest);
	return await bench.run(
		async () => await payQuote<Item>(order, quote, { ...terms, ...change }, bench.ports),
	);
}
const isPaid = (bench: Bench) =>
	[{ status: 'paid', preimage: bench.invoice.preimage, feeMsat: 700n }] as const;

describe('a quote', () => {
	it('that the wallet does not know is paid, by its own invoice', async () => {
		const bench = new Bench();
		const { item } = await pay(bench);
		expect(item?.receipt).toMatchObject({ status: 'paid', priceSat: 5, feeMsat: 500 });
		expect([bench.sent, bench.payCalls]).toEqual([['proof'], [bench.invoice.text]]);
		expect(bench.saved).toMatchObject({ spentMsat: '5500', open: {} });
	});

	it.each([
		['has expired', {}, DAY_MS, 'INVOICE_EXPIRED'],
		['is too dear', { maxPriceMsat: 4_999n }, 0, 'PRICE_OVER_LIMIT'],
		['is over the budget', { maxTotalMsat: 6_999n }, 0, 'BUDGET_EXCEEDED'],
	])('that %s is not paid', async (_, change, laterMs, code) => {
		const bench = new Bench();
		await bench.time.runUntil(bench.time.pass(laterMs, false));
		expect((await pay(bench, change)).report).toMatchObject({ code, spent: 'no' });
		expect(bench.payCalls).toEqual([]);
	});

	it('that is paid already is redeemed, whatever the limits and the clock say', async () => {
		const bench = new Bench();
		bench.lookups = [...isPaid(bench)];
		await bench.time.runUntil(bench.time.pass(DAY_MS, false));
		const { item } = await pay(bench, { maxPriceMsat: 0n, maxTotalMsat: 0n });
		expect(item?.receipt).toEqual({
			status: 'paid',
			priceSat: 5,
			feeMsat: 700,
			paymentHash: bench.invoice.paymentHash,
			preimage: bench.invoice.preimage,
			wallet: 'lnd',
			paidAt: new Date(NOW + DAY_MS).toISOString(),
		});
		expect([bench.sent, bench.payCalls]).toEqual([['proof'], []]);
		// Not out of the budget of this run.
		expect(bench.ledger.family.committedMsat).toBe(0n);
		expect(bench.memory.isOver(bench.invoice.paymentHash)).toBe(true);
	});

	it('that is paid already, and not served, stays open as paid, in no budget', async () => {
		const bench = new Bench();
		const { paymentHash } = bench.invoice;
		bench.lookups = [...isPaid(bench)];
		bench.says.redeem = [answer(503, 'busy')];
		expect((await pay(bench)).report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
		expect(bench.ledger.get(paymentHash)).toMatchObject({ status: 'paid', family: paymentHash });
	});

	it('is left where another attempt has begun to buy the same', async () => {
		const state = { family: FAMILY, spentMsat: '0', spent: {}, open: {}, delivered: {} };
		const bench = new Bench(state);
		const { other, purchase } = bench.otherAttempt(order.digest, state);
		const payer = {
			...bench.ports.payer,
			lookupPayment: async () => {
				other.begin(purchase, order, null);
				other.release(purchase.paymentHash);
				return await Promise.resolve({ status: 'notFound' } as const);
			},
		};
		const quote = readQuote({ token: TOKEN, invoice: bench.invoice.text }, order.digest);
		const ports = { ...bench.ports, payer };
		const { item } = await bench.run(async () => await payQuote<Item>(order, quote, terms, ports));
		expect([item?.receipt.paymentHash, bench.payCalls]).toEqual([purchase.paymentHash, []]);
	});

	it.each([
		[-1n, 0],
		[null, null],
	])('that was paid with a fee of %s msat', async (feeMsat, told) => {
		const bench = new Bench();
		bench.lookups = [{ status: 'paid', preimage: bench.invoice.preimage, feeMsat }];
		expect((await pay(bench)).item?.receipt.feeMsat).toBe(told);
	});

	it('whose payment nobody can tell the end of is not paid', async () => {
		const bench = new Bench();
		bench.lookups = [{ status: 'unknown', reason: 'silence' }];
		const { report } = await pay(bench);
		expect(report).toMatchObject({
			code: 'PAYMENT_UNKNOWN',
			payment: { paymentHash: bench.invoice.paymentHash },
		});
		expect([bench.payCalls, bench.saved?.open]).toEqual([[], {}]);
	});

	it('that somebody else of this process works on is waited for', async () => {
		const bench = new Bench();
		const { paymentHash } = bench.invoice;
		const holder = { execution: {}, comesBack: () => false };
		bench.memory.holds.take(paymentHash, holder);
		void bench.time.pass(3_000, false).then(() => bench.memory.holds.release(paymentHash, holder));
		expect((await pay(bench)).item).toBeDefined();
		expect(bench.time.now).toBe(NOW + 250 + 500 + 1_000 + 2_000);
	});

	it('that somebody keeps is told, and neither paid nor redeemed', async () => {
		const bench = new Bench();
		bench.memory.holds.take(bench.invoice.paymentHash, { execution: {}, comesBack: () => false });
		const { report } = await pay(bench);
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', spent: 'unknown' });
		expect([bench.lookedUp, bench.payCalls, bench.sent]).toEqual([0, [], []]);
		expect(bench.time.now).toBe(NOW + 181_750);
		bench.time.stop();
		await pay(bench);
		expect(bench.time.now).toBe(NOW + 181_750);
	});

	it('that somebody keeps is waited for to the very end of the time', async () => {
		const bench = new Bench();
		bench.memory.holds.take(bench.invoice.paymentHash, { execution: {}, comesBack: () => false });
		await pay(bench, { paymentTimeoutMs: 1_750, requestTimeoutMs: 2_000 });
		expect(bench.time.now).toBe(NOW + 3_750);
	});

	it('that another begins with while the wallet is asked is left to it', async () => {
		const bench = new Bench();
		const { paymentHash } = bench.invoice;
		const holder = { execution: {}, comesBack: () => false };
		const payer = {
			...bench.ports.payer,
			lookupPayment: async () => {
				if (bench.lookedUp === 0) {
					bench.memory.holds.take(paymentHash, holder);
					void bench.time.pass(5_000, false).then(() => {
						bench.memory.close(openPurchase({ paymentHash }), 'delivered', '');
					});
				}
				bench.lookedUp += 1;
				return bench.lookedUp === 1 ? ({ status: 'notFound' } as const) : isPaid(bench)[0];
			},
		};
		const quote = readQuote({ token: TOKEN, invoice: bench.invoice.text }, order.digest);
		const ports = { ...bench.ports, payer };
		const { item } = await bench.run(async () => await payQuote<Item>(order, quote, terms, ports));
		expect(item).toBeDefined();
		expect([bench.payCalls, bench.lookedUp]).toEqual([[], 2]);
	});

	it('that is open in this execution is finished as an open purchase', async () => {
		const bench = new Bench();
		bench.says.redeem = [answer(503, 'busy')];
		expect((await pay(bench)).report?.code).toBe('REDEEM_FAILED');
		bench.says.redeem = [delivered];
		expect((await pay(bench)).item).toBeDefined();
		expect([bench.payCalls.length, bench.lookedUp]).toEqual([1, 1]);
	});
});

describe('a quote that this process has delivered before', () => {
	const again = async () => {
		const bench = new Bench();
		const { paymentHash } = bench.invoice;
		bench.memory.close(openPurchase({ paymentHash }), 'delivered', '');
		bench.lookups = [...isPaid(bench)];
		return { bench, paymentHash };
	};

	it('is redeemed once more, and stays closed', async () => {
		const { bench, paymentHash } = await again();
		const { item } = await pay(bench);
		expect(item?.receipt).toMatchObject({ paymentHash, feeMsat: 700 });
		expect(bench.saved?.open).toEqual({});
		expect(bench.memory.fateOf(paymentHash)).toBe('delivered');
		expect(bench.payCalls).toEqual([]);
	});

	it('is not pressed on a service that does not take its proof', async () => {
		const { bench } = await again();
		bench.says.redeem = [answer(402, 'used')];
		const { report } = await pay(bench);
		expect(report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
		expect(bench.time.now - NOW).toBeLessThan(10_000);
		expect(bench.sent.length).toBeGreaterThan(2);
		expect(bench.ledger.get(bench.invoice.paymentHash)).toBeUndefined();
	});

	it('is asked for as long as a request may take', async () => {
		const { bench } = await again();
		bench.says.redeem = [answer(503, 'busy')];
		expect((await pay(bench)).report?.code).toBe('REDEEM_FAILED');
		expect(bench.time.now - NOW).toBeGreaterThan(60_000);
	});

	it('shows a refund that is offered, and claims none', async () => {
		const { bench } = await again();
		bench.says.redeem = [answer(409, { error: 'no', refund: { refund_amount: 5 } })];
		expect((await pay(bench)).report?.refund).toEqual({
			status: 'unreadable',
			amountSat: 5,
			text: null,
		});
	});

	it('is kept where it cannot be stored, and stored the next time', async () => {
		const { bench } = await again();
		const { storing } = bench;
		bench.storing = async () => await Promise.reject(new Error('disk full'));
		expect((await pay(bench)).report?.message).toMatch(/disk full$/);
		expect(bench.ledger.family.storingFails).toBe(true);
		bench.storing = storing;
		expect((await pay(bench)).item?.picture.bytes).toEqual(PICTURE);
		expect(bench.sent).toEqual(['proof']);
		// And then forgotten.
		bench.ledger.family.storingFails = false;
		const before = bench.sent.length;
		bench.says.redeem = [lost];
		const shelf = { take: () => undefined, put: () => undefined };
		const quote = readQuote({ token: TOKEN, invoice: bench.invoice.text }, order.digest);
		const ports = { ...bench.ports, shelf };
		await bench.run(async () => await payQuote<Item>(order, quote, terms, ports));
		expect(bench.sent.length).toBeGreaterThan(before);
	});
});

describe('reading a quote', () => {
	const { text: invoice, paymentHash } = mint();
	const token = writeV2({ identifier: identifierFor(paymentHash) }).toString('base64');
	const { digest } = order;
	const payment = { token, invoice };
	const read = (value: unknown) => readQuote(value, digest);
	const failure = (value: unknown) => {
		try {
			return read(value);
		} catch (cause) {
			if (cause instanceof PurchaseFailure) return cause.report;
			throw cause;
		}
	};
	const wrapped = (value: unknown, times: number): unknown =>
		times === 0 ? value : JSON.stringify(wrapped(value, times - 1));

	it.each([
		['the object', payment],
		['its text', JSON.stringify(payment)],
		['a text in a text in a text', wrapped(payment, 3)],
		['the item with it', { payment }],
		['the item with its text', { payment: JSON.stringify(payment) }],
		['the text of the item', JSON.stringify({ payment })],
		['white space', { token: ` ${token} `, invoice: ` ${invoice}\n` }],
		['an order', { ...payment, order: digest }],
		['an order in capitals', { ...payment, order: ` ${digest.toUpperCase()} ` }],
		['an empty order', { ...payment, order: '' }],
		['no order', { ...payment, order: null }],
		['another scheme', { ...payment, scheme: 'other' }],
	])('%s', (_, value) => {
		expect(read(value)).toMatchObject({
			challenge: { scheme: 'L402', token, invoice },
			invoice: { paymentHash },
			amountMsat: 5_000n,
		});
	});

	it('keeps its scheme, and loses the prefix of a link', () => {
		expect(read({ ...payment, scheme: 'LSAT' }).challenge.scheme).toBe('LSAT');
		for (const prefix of ['lightning:', 'LIGHTNING://']) {
			expect(read({ token, invoice: prefix + invoice }).challenge.invoice).toBe(invoice);
		}
	});

	const NONE = "it is no object with 'token' and 'invoice'";
	it.each([
		['nothing', undefined, NONE],
		['null', null, NONE],
		['a number', 5, NONE],
		['a list', [payment], NONE],
		['a text of a list', JSON.stringify([payment]), NONE],
		['a payment that is a list', { payment: [payment] }, NONE],
		['no JSON', 'token', NONE],
		['a text too deep', wrapped(payment, 4), NONE],
		['no payment', { payment: null }, NONE],
		['no token', { token: '', invoice }, "its 'token' is missing or cannot be right"],
		[
			'a token that is none',
			{ token: 'a b', invoice },
			"its 'token' is missing or cannot be right",
		],
		[
			'a token that is a list',
			{ token: [token], invoice },
			"its 'token' is missing or cannot be right",
		],
		[
			'an order that is a list',
			{ ...payment, order: ['AB'.repeat(32)] },
			"its 'order' is not 64 hex digits",
		],
		[
			'a token that is a number',
			{ token: 5, invoice },
			"its 'token' is missing or cannot be right",
		],
		['an inherited token', Object.create({ token }), "its 'token' is missing or cannot be right"],
		['no invoice', { token }, "its 'invoice' is missing"],
		['a link alone', { token, invoice: 'lightning:' }, "its 'invoice' is missing"],
		[
			'an inherited invoice',
			Object.assign(Object.create({ invoice }), { token }),
			"its 'invoice' is missing",
		],
		[
			'an invoice that is none',
			{ token, invoice: 'lnbc1' },
			'its invoice cannot be read: it is too short',
		],
		[
			'a prefix inside',
			{ token, invoice: invoice.replace('lnbcrt', 'lnbcrtlightning:') },
			'its invoice cannot be read: its checksum is wrong',
		],
		['an order that is none', { ...payment, order: 'x' }, "its 'order' is not 64 hex digits"],
		['an order that is a number', { ...payment, order: 5 }, "its 'order' is not 64 hex digits"],
		['an order and more', { ...payment, order: `${digest}0` }, "its 'order' is not 64 hex digits"],
		['more and an order', { ...payment, order: `0${digest}` }, "its 'order' is not 64 hex digits"],
	])('%s is none', (_, value, reason) => {
		expect(failure(value)).toEqual({
			code: 'INPUT_INVALID',
			spent: 'no',
			message: `'Quote' cannot be used: ${reason}`,
			hint: "Nothing was sent or paid. Give the payment object of an item of 'Get Invoice Only', as in {{ $json.payment }}.",
		});
	});

	it('for another order is told as such', () => {
		const other = { ...payment, order: 'AB'.repeat(32) };
		expect(failure(other)).toEqual({
			code: 'INPUT_INVALID',
			spent: 'no',
			message: 'The quote was made for another picture or for other parameters',
			hint: "Nothing was sent or paid. Give the node the same operation, picture and parameters as the one with 'Get Invoice Only', or get a new quote.",
		});
	});

	it('whose token is for another payment is refused', () => {
		expect(failure({ token, invoice: mint().text })).toMatchObject({ code: 'HASH_MISMATCH' });
		expect(failure({ token, invoice: mint(null).text })).toMatchObject({ code: 'INVOICE_INVALID' });
	});

	it('is read up to 64 KB', () => {
		const most = 64 * 1024;
		const text = (length: number) => JSON.stringify(payment).padEnd(length, ' ');
		expect(read(text(most)).amountMsat).toBe(5_000n);
		expect(failure(text(most + 1))).toMatchObject({ message: expect.stringContaining(NONE) });
		expect(read({ token, invoice: invoice.padEnd(most) }).amountMsat).toBe(5_000n);
		expect(failure({ token, invoice: invoice.padEnd(most + 1) })).toMatchObject({
			message: "'Quote' cannot be used: its 'invoice' is missing",
		});
	});
});
