import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { encodeBody, orderDigest } from '../../nodes/Sats4Ai/purchase/service/order';
import { answer, Bench, delivered, orderOf, terms, type Item } from './bench';
import { mint, NOW, openPurchase } from './openPurchases';
import { claim, refund, RefundBench } from './refund/refundBench';
import { order, bought, stateOf, benchWith } from './buying';

describe('an open purchase', () => {
	it('that is paid is redeemed, and nothing is asked for', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const { item } = await bought(bench);
		expect(item?.receipt).toMatchObject({ status: 'paid', paymentHash });
		expect([bench.sent, bench.payCalls, bench.lookedUp]).toEqual([['proof'], [], 0]);
	});

	it('is looked up first, and redeemed where it is paid', async () => {
		const { bench, preimage } = benchWith();
		bench.lookups = [{ status: 'paid', preimage, feeMsat: 1n }];
		const { item } = await bought(bench);
		expect(item?.receipt).toMatchObject({ preimage, feeMsat: 1 });
		expect([bench.sent, bench.payCalls]).toEqual([['proof'], []]);
	});

	it('whose invoice the wallet does not know is paid by that invoice', async () => {
		const { bench, preimage, text } = benchWith();
		bench.pay = { status: 'paid', preimage, feeMsat: 1n };
		expect((await bought(bench)).item).toBeDefined();
		expect(bench.payCalls).toEqual([text]);
		expect(bench.ledger.arrivals.by(Object.keys(bench.saved?.open ?? {})[0] ?? '')).toBeNull();
	});

	it.each([
		['dearer than is allowed now', { maxPriceMsat: 4_999n }],
		['over the budget of the run', { maxTotalMsat: 6_999n }],
		['of another network', { network: 'mainnet' }],
	])('is not sent again where it is %s', async (_, change) => {
		const { bench } = benchWith();
		expect((await bought(bench, change)).report?.code).toBe('PAYMENT_UNKNOWN');
		expect(bench.payCalls).toEqual([]);
	});

	it.each([
		['1000', 2_000n, 1_000n],
		['3000', 2_000n, 2_000n],
	])(
		'reserved with %s msat for the fee and %d allowed now takes %d',
		async (maxFeeMsat, now, limit) => {
			const { bench, preimage } = benchWith({ maxFeeMsat });
			const limits: bigint[] = [];
			const payer = {
				...bench.ports.payer,
				payInvoice: async (_: object, given: { maxFeeMsat: bigint }) => {
					limits.push(given.maxFeeMsat);
					return { status: 'paid', preimage, feeMsat: 1n } as const;
				},
			};
			const ports = { ...bench.ports, payer };
			await bench.run(async () => await buy(order, { ...terms, maxFeeMsat: now }, ports));
			expect(limits).toEqual([limit]);
		},
	);

	it('that is proven unpaid is over, and a new one is made', async () => {
		const { bench, paymentHash } = benchWith({ expiresAt: NOW - 60_001 });
		expect((await bought(bench)).item?.receipt.paymentHash).toBe(bench.invoice.paymentHash);
		expect(bench.memory.fateOf(paymentHash)).toBe('unpaid');
		expect(bench.payCalls).toEqual([bench.invoice.text]);
	});

	it('may still be on its way as long as its invoice lived, by the clock that nobody sets', async () => {
		const { bench, paymentHash } = benchWith({ expiresAt: NOW - 60_001 });
		bench.ledger.arrivals.leave(paymentHash, 600_000);
		expect((await bought(bench)).report?.code).toBe('PAYMENT_UNKNOWN');
	});

	it('of another wallet is believed only with its proof', async () => {
		const { bench, preimage, paymentHash } = benchWith({ walletKey: 'other' });
		bench.lookups = [{ status: 'failed', cause: 'other', reason: 'no' }];
		expect((await bought(bench)).report?.code).toBe('PAYMENT_UNKNOWN');
		expect([bench.payCalls, bench.ledger.get(paymentHash)?.status]).toEqual([[], 'paying']);
		bench.lookups = [{ status: 'paid', preimage, feeMsat: 1n }];
		expect((await bought(bench)).item).toBeDefined();
	});

	it('that another attempt has delivered is not bought again', async () => {
		const { bench, paymentHash } = benchWith();
		bench.memory.close(openPurchase({ paymentHash }), 'delivered', '');
		expect((await bought(bench)).report?.message).toMatch(/another attempt has delivered it$/);
		expect(bench.sent).toEqual([]);
	});

	it('that another attempt works on is waited for', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const holder = { execution: {}, comesBack: () => false };
		bench.memory.holds.take(paymentHash, holder);
		void bench.time.pass(9_000, false).then(() => bench.memory.holds.release(paymentHash, holder));
		expect((await bought(bench)).item).toBeDefined();
		expect(bench.time.now - NOW).toBe(250 + 500 + 1_000 + 4 * 2_000);
	});

	it('that stays held elsewhere is told, and no longer waited for than it may take', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.memory.holds.take(paymentHash, { execution: {}, comesBack: () => false });
		const { report } = await bought(bench);
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', payment: { paymentHash } });
		expect(bench.time.now - NOW).toBe(181_750);
	});

	it('that is held elsewhere is waited for to the very end of the time', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.memory.holds.take(paymentHash, { execution: {}, comesBack: () => false });
		await bought(bench, { paymentTimeoutMs: 1_750, requestTimeoutMs: 2_000 });
		expect(bench.time.now).toBe(NOW + 3_750);
	});

	it('that another attempt begins while the service is asked is taken in its place', async () => {
		const { state } = stateOf();
		const bench = new Bench(state);
		const { other, purchase } = bench.otherAttempt(order.digest, state);
		const { service } = bench.ports;
		const asking = {
			...service,
			ask: async (what: typeof order) => {
				other.begin(purchase, order, null);
				other.release(purchase.paymentHash);
				return await service.ask(what);
			},
		};
		const ports = { ...bench.ports, service: asking };
		const { item } = await bench.run(async () => await buy<Item>(order, terms, ports));
		expect([item?.receipt.paymentHash, bench.payCalls]).toEqual([purchase.paymentHash, []]);
	});

	it('of an earlier execution is spent by the one that pays it', async () => {
		const { bench, preimage } = benchWith({ family: 'e'.repeat(16) });
		bench.pay = { status: 'paid', preimage, feeMsat: 1n };
		expect((await bought(bench)).item).toBeDefined();
		expect(bench.ledger.family.committedMsat).toBe(5_001n);
	});

	it('whose refund has arrived meanwhile is over, and a new one is made', async () => {
		const { paymentHash, text: invoice } = mint();
		const open = { digest: order.digest, paymentHash, invoice, refund, claim };
		const { state } = stateOf({ status: 'paid', ...open });
		const bench = new RefundBench(state);
		const ports = { ...bench.ports, refunds: bench.taker() };
		const { item } = await bench.run(async () => await buy<Item>(order, terms, ports));
		expect(item?.receipt.paymentHash).toBe(bench.invoice.paymentHash);
		expect(bench.memory.fateOf(paymentHash)).toBe('refunded');
	});

	it('that is held elsewhere is not waited for in a stopped run', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.memory.holds.take(paymentHash, { execution: {}, comesBack: () => false });
		bench.time.stop();
		expect((await bought(bench)).report?.code).toBe('PAYMENT_UNKNOWN');
		expect(bench.time.now).toBe(NOW);
	});
});

describe('another try that orders something else', () => {
	it('redeems with the bytes that were paid for', async () => {
		const bench = new Bench();
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench);
		bench.says.redeem = [delivered];
		const other = { ...orderOf('a boat'), url: order.url };
		expect((await bought(bench, {}, other)).item).toBeDefined();
		expect(bench.requests.at(-1)?.body).toEqual(order.body);
	});

	it('sends the earlier text with its own picture, and says what changes otherwise', async () => {
		const bench = new Bench();
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench);
		bench.says.redeem = [delivered];
		const { item } = await bought(bench, {}, orderOf('a boat at night'));
		expect(item).toBeDefined();
		expect(bench.requests.at(-1)?.body).toEqual(order.body);
		expect(bench.payCalls).toHaveLength(1);
	});

	it('is told what changes where that is the picture', async () => {
		const withPicture = (picture: string) => {
			const bytes = Buffer.from(picture);
			const body = encodeBody(order.json, bytes);
			return { ...order, body, digest: orderDigest(order.url, order.json, bytes) };
		};
		const bench = new Bench();
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench, {}, withPicture('one'));
		const before = bench.sent.length;
		const { report } = await bought(bench, {}, withPicture('another'));
		expect(report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
		expect(report?.message).toMatch(/for other bytes than this try sends: image changes/);
		expect(bench.sent).toHaveLength(before);
	});

	it('redeems with the bytes of a paid purchase that it has found in saved books', async () => {
		const { bench } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench);
		bench.says.redeem = [delivered];
		expect((await bought(bench, {}, orderOf('a boat at night'))).item).toBeDefined();
		expect(bench.requests.at(-1)?.body).toEqual(order.body);
	});

	it('does so where the payment was unknown at the first try', async () => {
		const { bench, preimage } = benchWith();
		bench.lookups = [{ status: 'unknown', reason: 'no answer' }];
		await bought(bench);
		bench.lookups = [{ status: 'paid', preimage, feeMsat: 0n }];
		bench.says.redeem = [delivered];
		expect((await bought(bench, {}, orderOf('a boat at night'))).item).toBeDefined();
		expect(bench.requests.at(-1)?.body).toEqual(order.body);
		expect(bench.payCalls).toEqual([]);
	});
});
