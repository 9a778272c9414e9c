import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import type { OpenPurchase } from '../../nodes/Sats4Ai/purchase/books/openPurchase';
import { DayBook } from '../../nodes/Sats4Ai/purchase/books/dayBook';
import { DayLimit } from '../../nodes/Sats4Ai/purchase/dayLimit';
import { told } from '../../nodes/Sats4Ai/wallets/spending';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import { finishWithoutWallet } from '../../nodes/Sats4Ai/purchase/withoutWallet';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { PICTURE } from '../model/simulatedService';
import {
	answer,
	Bench,
	delivered,
	lost,
	orderOf,
	PAYMENT_MS,
	terms,
	TOKEN,
	type Item,
} from './bench';
import { DAY_MS, mint, NOW, openPurchase } from './openPurchases';
import { claim, refund, RefundBench } from './refund/refundBench';
import { encodeBody, orderDigest } from '../../nodes/Sats4Ai/purchase/service/order';

const order = orderOf();
const bought = async (bench: Bench, change: object = {}, what = order) =>
	await bench.run(async () => await buy<Item>(what, { ...terms, ...change }, bench.ports));

/** Books in which the payment of this order is under way, or whatever else is given. */
function stateOf(...changes: Array<Partial<OpenPurchase>>) {
	const open: Record<string, OpenPurchase> = {};
	const invoices = changes.map((change) => {
		const invoice = mint();
		const { text, paymentHash, preimage } = invoice;
		const proof = change.status === 'paid' ? { preimage, feeMsat: '500' } : {};
		const own = { digest: order.digest, invoice: text, paymentHash, ...proof };
		open[paymentHash] = openPurchase({ ...own, ...change });
		return invoice;
	});
	const state: LedgerState = {
		family: 'f'.repeat(16),
		spentMsat: '0',
		spent: {},
		open,
		delivered: {},
	};
	return { state, invoices };
}

/** A bench whose execution has such a purchase open. */
function benchWith(change: Partial<OpenPurchase> = {}) {
	const { state, invoices } = stateOf(change);
	const bench = new Bench(state);
	const [{ paymentHash, preimage, text } = mint()] = invoices;
	return { bench, paymentHash, preimage, text };
}

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

	it('redeems with its own bytes what it has out of saved books alone', async () => {
		const { bench } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(503, 'busy')];
		await bought(bench);
		bench.says.redeem = [delivered];
		const other = orderOf('a boat at night');
		expect((await bought(bench, {}, other)).item).toBeDefined();
		expect(bench.requests.at(-1)?.body).toEqual(other.body);
	});
});

describe('a picture that is paid', () => {
	it('and not served is told with its proof, and let go after a day of it', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(503, 'busy')];
		const first = await bought(bench);
		expect(first.report).toMatchObject({ code: 'REDEEM_FAILED', spent: 'yes' });
		expect(first.report?.hint).toMatch(/^The picture is paid; do not pay again\./);
		const since = bench.ledger.get(paymentHash)?.unservedSince ?? 0;
		expect(since).toBeGreaterThan(NOW);
		expect(bench.ledger.get(paymentHash)).toMatchObject({ letGoAt: null, refusedAt: null });
		await bench.time.runUntil(bench.time.pass(DAY_MS, false));
		const later = await bought(bench);
		expect(later.report?.hint).toMatch(/is let go: the next run buys anew/);
		expect(bench.ledger.get(paymentHash)?.unservedSince).toBe(since);
		expect(bench.ledger.get(paymentHash)?.letGoAt).toBe(bench.time.now);
	});

	it('and refused is not taken for unserved', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		bench.says.redeem = [answer(409, 'used')];
		expect((await bought(bench)).report?.code).toBe('REDEEM_FAILED');
		expect(bench.ledger.get(paymentHash)).toMatchObject({
			refusedAt: NOW,
			unservedSince: null,
			letGoAt: null,
		});
	});

	it('has its link written down before it is fetched', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const imageUrl = 'https://service.example/p.png';
		bench.says.redeem = [answer(200, { image_url: '/p.png' })];
		bench.says.link = [lost];
		const { report } = await bought(bench);
		expect(report).toMatchObject({ code: 'REDEEM_FAILED', imageUrl });
		expect(bench.ledger.get(paymentHash)?.imageUrl).toBe(imageUrl);
		bench.says.link = [delivered];
		const before = bench.sent.length;
		expect((await bought(bench)).item?.picture.imageUrl).toBe(imageUrl);
		expect(bench.sent.slice(before)).toEqual([imageUrl]);
	});

	it('and could not be stored is kept, and stored by the next run', async () => {
		const { bench, paymentHash } = benchWith({ status: 'paid' });
		const { storing } = bench;
		bench.storing = async () => await Promise.reject(new Error('disk full'));
		expect((await bought(bench)).report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: 'The picture came, but n8n could not store it: disk full',
			payment: { paymentHash },
		});
		expect(bench.ledger.family.storingFails).toBe(true);
		bench.storing = storing;
		expect((await bought(bench)).item?.picture.bytes).toEqual(PICTURE);
		expect([bench.sent, bench.ledger.family.storingFails]).toEqual([['proof'], false]);
	});

	it('goes by the newer name of the endpoint where its invoice came from there', async () => {
		const { bench } = benchWith({ status: 'paid', isByNewerName: true });
		await bought(bench, {}, { ...order, newerName: 'image-generate' });
		expect(bench.requests[0]?.url).toBe('https://service.example/api/l402/image-generate');
		const first = benchWith({ status: 'paid' });
		await bought(first.bench, {}, { ...order, newerName: 'image-generate' });
		expect(first.bench.requests[0]?.url).toBe(order.url);
	});

	it('is bought by the newer name where the first is gone', async () => {
		const bench = new Bench();
		bench.says.ask = [answer(404), bench.offer()];
		bench.says.redeem = [answer(503)];
		await bought(bench, {}, { ...order, newerName: 'image-generate' });
		expect(bench.ledger.get(bench.invoice.paymentHash)?.isByNewerName).toBe(true);
		expect(bench.requests.at(-1)?.url).toBe('https://service.example/api/l402/image-generate');
	});
});

describe('under a cap per day', () => {
	/** A bench whose credential has a cap of so much, and a wallet that has spent nothing else. */
	function capped(limitMsat: bigint, bench = new Bench()) {
		const book = new DayBook();
		const wallet = { spentSince: async () => told([]) };
		const { clock } = bench.time;
		const day = new DayLimit(book, {
			wallet,
			clock,
			limitMsat,
			maxFeeMsat: 2_000n,
			timeoutMs: 30_000,
		});
		const ports = { ...bench.ports, day };
		const run = async () => await bench.run(async () => await buy<Item>(order, terms, ports));
		const spentMsat = () => book.spentMsat(clock.now(), 2_000n);
		return { bench, book, run, spentMsat };
	}

	it('a payment counts with its fee, and the receipt says so', async () => {
		const { run, spentMsat, book } = capped(7_000n);
		expect((await run()).item?.receipt).toMatchObject({ spentTodaySat: 6, limitTodaySat: 7 });
		expect([spentMsat(), book.isPaying]).toEqual([5_500n, false]);
	});

	it('nothing is paid beyond it', async () => {
		const { bench, run, spentMsat } = capped(6_999n);
		expect((await run()).report).toMatchObject({ code: 'DAY_LIMIT_REACHED', spent: 'no' });
		expect([bench.payCalls, bench.saved?.open, spentMsat()]).toEqual([[], {}, 0n]);
	});

	it('a payment that failed counts for nothing', async () => {
		const { bench, run, spentMsat, book } = capped(7_000n);
		bench.pay = { status: 'failed', cause: 'noRoute', reason: 'no route' };
		expect((await run()).report?.code).toBe('PAYMENT_FAILED');
		expect([spentMsat(), book.isPaying]).toEqual([0n, false]);
	});

	it('a payment that nobody can tell the end of counts with its limit', async () => {
		const { bench, run, spentMsat, book } = capped(7_000n);
		bench.pay = { status: 'unknown', reason: 'silence' };
		bench.lookups = [{ status: 'pending', reason: 'under way' }];
		expect((await run()).report?.code).toBe('PAYMENT_UNKNOWN');
		expect([spentMsat(), book.isPaying]).toEqual([7_000n, false]);
	});

	it('an earlier payment is sent again only where it fits', async () => {
		const over = capped(6_999n, benchWith().bench);
		expect((await over.run()).report?.code).toBe('PAYMENT_UNKNOWN');
		expect([over.bench.payCalls, over.spentMsat()]).toEqual([[], 7_000n]);
		const { bench, preimage, text } = benchWith();
		bench.pay = { status: 'paid', preimage, feeMsat: 500n };
		const within = capped(7_000n, bench);
		expect((await within.run()).item).toBeDefined();
		expect([bench.payCalls, within.spentMsat()]).toEqual([[text], 5_500n]);
	});

	it('an earlier payment that is proven unpaid counts for nothing', async () => {
		const { bench, book, run, spentMsat } = capped(
			7_000n,
			benchWith({ expiresAt: NOW - 60_001 }).bench,
		);
		expect((await run()).item?.receipt.paymentHash).toBe(bench.invoice.paymentHash);
		expect([spentMsat(), book.isPaying]).toEqual([5_500n, false]);
	});
});

describe('without a wallet', () => {
	const trouble = new PurchaseFailure('WALLET_UNREACHABLE', 'no wallet', 'hint');
	const finish = async (bench: Bench) =>
		await bench.run(
			async () =>
				await finishWithoutWallet<Item>(
					order,
					{ maxPriceMsat: 5n, maxFeeMsat: 0n, maxTotalMsat: null, requestTimeoutMs: 60_000 },
					bench.ports,
					trouble,
				),
		);

	it('what is paid is redeemed', async () => {
		const { bench } = benchWith({ status: 'paid' });
		expect((await finish(bench)).item).toBeDefined();
	});

	it('nothing is begun', async () => {
		const bench = new Bench();
		expect((await finish(bench)).report).toEqual(trouble.report);
		expect(bench.sent).toEqual([]);
	});

	it('what may be paid is told, in the words of the trouble', async () => {
		const { bench, paymentHash } = benchWith({ expiresAt: NOW - DAY_MS });
		const { report } = await finish(bench);
		expect(report).toMatchObject({ code: 'PAYMENT_UNKNOWN', payment: { paymentHash } });
		expect(bench.ledger.get(paymentHash)?.status).toBe('paying');
		const own = benchWith({ expiresAt: NOW - DAY_MS, walletKey: '' });
		expect((await finish(own.bench)).report?.message).toMatch(/no wallet$/);
	});
});
