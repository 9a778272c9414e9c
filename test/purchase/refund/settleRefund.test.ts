import {
	hasComeBack,
	settleRefund,
	showRefund,
} from '../../../nodes/Sats4Ai/purchase/refund/settleRefund';
import type { OpenPurchase } from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import { PurchaseFailure } from '../../../nodes/Sats4Ai/purchase/report/failure';
import {
	readRefund,
	refundReport,
	type OfferedRefund,
	type RefundState,
} from '../../../nodes/Sats4Ai/purchase/report/offeredRefund';
import { toLnurl } from '../../../sandbox/service/lnurl';
import { answer } from '../bench';
import { NOW, paidPurchase } from '../openPurchases';
import { claim, LINK, OUR_HASH, refund, RefundBench, withdrawal } from './refundBench';

const lnurl = toLnurl(LINK);
const offered = { refund_amount: 5, lnurl_withdraw: lnurl };
const failureWith = (given: unknown) =>
	new PurchaseFailure('REDEEM_FAILED', 'It failed', 'Do something.', {
		service: { statusCode: 409, errorCode: null, message: 'no', refund: given },
	});

/** What is told where the service has just refused for good. */
async function settle(
	bench: RefundBench,
	change: Partial<OpenPurchase> = {},
	given: unknown = offered,
	isTaken = true,
) {
	const purchase = paidPurchase(change);
	bench.ledger.put({ ...purchase, refusedAt: NOW });
	const taker = isTaken ? bench.taker() : null;
	const settled = await bench.time.runUntil(
		settleRefund(failureWith(given), purchase, bench.ledger, taker),
	);
	return { report: settled.report, open: bench.ledger.get(purchase.paymentHash), purchase };
}

describe('a refused purchase whose refund', () => {
	it('has arrived is closed', async () => {
		const bench = new RefundBench();
		const { report, open, purchase } = await settle(bench);
		expect(report).toMatchObject({
			code: 'REDEEM_FAILED',
			message: 'It failed. Its refund of 5 sats has arrived in the wallet',
			hint: 'Of 5 sats paid, 5 came back; a routing fee does not. This purchase is closed: run again to buy the picture anew.',
			refund: { status: 'claimed', amountSat: 5, paymentHash: OUR_HASH },
		});
		expect([open, bench.memory.fateOf(purchase.paymentHash)]).toEqual([undefined, 'refunded']);
	});

	it.each([
		['all but a part of a sat', '5999', '5000', true],
		['a sat less', '6000', '5000', false],
		['a part of a sat', '999', '500', false],
		['one sat of one and a half', '1500', '1000', true],
		['all', '5000', '5000', true],
		['all of less than a sat', '500', '500', true],
		['more', '5000', '5001', true],
	])('came back in part: %s', async (_, amountMsat, claimedMsat, isClosed) => {
		const bench = new RefundBench();
		const own = { ...claim, amountMsat: claimedMsat };
		const { report, open } = await settle(bench, { amountMsat, refund, claim: own });
		expect(open === undefined).toBe(isClosed);
		expect(report.hint.includes('This purchase is closed')).toBe(isClosed);
		expect(report.hint.includes('That is not all of it, so the purchase stays open')).toBe(
			!isClosed,
		);
	});

	it('is not wanted is shown, and written down', async () => {
		const bench = new RefundBench();
		const { report, open } = await settle(bench, {}, offered, false);
		expect(report.refund).toEqual({
			status: 'offered',
			amountSat: 5,
			lnurl,
			lightningUri: `lightning:${lnurl}`,
		});
		expect(report.hint).toBe(
			'Do something. The service offers a refund of 5 sats: open refund.lightningUri of this error in a wallet.',
		);
		expect(open?.refund).toEqual({
			amountSat: 5,
			said: 'pending',
			link: { lnurl, url: LINK },
			text: lnurl,
		});
		expect([bench.gets, bench.looks]).toEqual([[], []]);
	});

	it('was offered before is not claimed where the service has not just refused', async () => {
		const bench = new RefundBench();
		const purchase = bench.open({ refusedAt: NOW });
		const settled = await bench.time.runUntil(
			settleRefund(failureWith(null), purchase, bench.ledger, bench.taker()),
		);
		expect(settled.report.refund).toMatchObject({ status: 'offered' });
		expect([bench.gets, bench.looks]).toEqual([[], []]);
	});

	it('may be on its way is told as unknown', async () => {
		const bench = new RefundBench();
		const purchase = bench.open({ refusedAt: NOW, claim });
		const settled = await bench.time.runUntil(
			settleRefund(failureWith(null), purchase, bench.ledger, null),
		);
		expect(settled.report.refund).toEqual({
			status: 'unknown',
			amountSat: 5,
			lnurl: 'LNURL1X',
			lightningUri: 'lightning:LNURL1X',
			paymentHash: OUR_HASH,
		});
		expect(settled.report.hint).toBe(
			"Do something. A refund of 5 sats is claimed and not seen to have arrived: it was not looked for. Run again: the wallet is asked first, and it is never claimed with a second invoice. Or look for refund.paymentHash among the wallet's incoming payments.",
		);
	});

	it('the service does not give says why', async () => {
		const bench = new RefundBench();
		bench.atLink = [withdrawal({ tag: 'x' })];
		const { report, open } = await settle(bench);
		expect(report.refund).toMatchObject({
			status: 'offered',
			reason: 'the link gives nothing: its link is none for withdrawals',
		});
		expect(report.hint).toMatch(
			/in a wallet\. It was not claimed: the link gives nothing: its link is none for withdrawals\.$/,
		);
		expect(open).toBeDefined();
	});

	it('nobody offers leaves the failure as it is', async () => {
		const bench = new RefundBench();
		const { report } = await settle(bench, {}, null);
		expect(report).toEqual(failureWith(null).report);
		const closed = await bench.time.runUntil(
			settleRefund(failureWith(offered), paidPurchase({ paymentHash: 'ee' }), bench.ledger, null),
		);
		expect(closed.report).toEqual(failureWith(offered).report);
	});

	it('is offered anew is the one that counts, unless it has lost its link', async () => {
		const bench = new RefundBench();
		const newer = await settle(
			bench,
			{ refund },
			{ refund_amount: 3, lnurl_withdraw: lnurl },
			false,
		);
		expect(newer.open?.refund).toMatchObject({ amountSat: 3, link: { url: LINK } });
		const linkless = await settle(new RefundBench(), { refund }, { refund_amount: 3 }, false);
		expect(linkless.open?.refund).toEqual(refund);
		const first = await settle(new RefundBench(), {}, { refund_amount: 3 }, false);
		expect(first.open?.refund).toMatchObject({ amountSat: 3, link: null });
	});

	it('was handed in and is awaited keeps its claim', async () => {
		const bench = new RefundBench();
		bench.atCallback = [answer(200, { status: 'OK' })];
		bench.received = [{ status: 'waiting' }];
		const { report, open } = await settle(bench);
		expect(report.refund).toMatchObject({
			status: 'unknown',
			paymentHash: OUR_HASH,
			reason: 'it has not arrived yet',
		});
		expect(open?.claim).toEqual(claim);
	});
});

describe('a refund of an earlier try', () => {
	const come = async (bench: RefundBench, change: Partial<OpenPurchase>, isTaken = true) => {
		const purchase = bench.open(change);
		const taker = isTaken ? bench.taker() : null;
		return await bench.time.runUntil(hasComeBack(purchase, bench.ledger, taker));
	};

	it('that has arrived closes the purchase', async () => {
		const bench = new RefundBench();
		expect(await come(bench, { claim })).toBe(true);
		expect(bench.memory.fateOf(paidPurchase().paymentHash)).toBe('refunded');
	});

	it('is looked for only where this node has asked for it, and it is wanted', async () => {
		const bench = new RefundBench();
		expect(await come(bench, {})).toBe(false);
		expect(await come(bench, { claim }, false)).toBe(false);
		expect(bench.looks).toEqual([]);
	});

	it('of less than was paid leaves the purchase open', async () => {
		const bench = new RefundBench();
		expect(await come(bench, { claim: { ...claim, amountMsat: '4000' } })).toBe(false);
		expect(bench.looks).toEqual([]);
	});

	it('that has not arrived leaves it open', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		expect(await come(bench, { claim })).toBe(false);
		bench.received = [{ status: 'unknown', reason: 'x' }];
		expect(await come(bench, { claim })).toBe(false);
		expect(bench.ledger.get(paidPurchase().paymentHash)).toBeDefined();
	});
});

describe('what is shown of a refund', () => {
	it.each([
		[
			{ refund_amount: 5, lnurl_withdraw: lnurl, status: 'claimed' },
			'gone',
			'The service says that its refund was claimed already.',
		],
		[
			{ refund_amount: 5, lnurl_withdraw: lnurl, status: 'expired' },
			'expired',
			'The service says that its refund has expired.',
		],
		[
			{ refund_amount: 5, lnurl_withdraw: 'by post' },
			'unreadable',
			'The service offers a refund in a form that is not known here: see service.refund in this error.',
		],
		[
			{ lnurl_withdraw: lnurl },
			'offered',
			'The service offers a refund: open refund.lightningUri of this error in a wallet.',
		],
		[
			{ refund_amount: 1, lnurl_withdraw: lnurl },
			'offered',
			'The service offers a refund of 1 sat: open refund.lightningUri of this error in a wallet.',
		],
	])('%j', (given, status, words) => {
		const { report } = showRefund(failureWith(given));
		expect(report.refund?.status).toBe(status);
		expect([report.message, report.hint]).toEqual(['It failed', `Do something. ${words}`]);
	});

	it('is nothing where none is offered', () => {
		const failure = failureWith(null);
		expect(showRefund(failure)).toBe(failure);
		const silent = new PurchaseFailure('REDEEM_FAILED', 'm', 'h');
		expect(showRefund(silent)).toBe(silent);
	});
});

describe('a refund that is offered', () => {
	const link = { lnurl, url: LINK };

	it.each([
		[{ refund_amount: 5, lnurl_withdraw: lnurl }, 5, 'pending', link, lnurl],
		[{ refund_amount: 0 }, null, 'pending', null, null],
		[{ refund_amount: -5 }, null, 'pending', null, null],
		[{ refund_amount: 1.5 }, null, 'pending', null, null],
		[{ refund_amount: '5' }, null, 'pending', null, null],
		[{ refund_amount: 2_100_000_000_000_000 }, 2_100_000_000_000_000, 'pending', null, null],
		[{ refund_amount: 2_100_000_000_000_001 }, null, 'pending', null, null],
		[{ status: 'claimed' }, null, 'claimed', null, null],
		[{ status: 'expired' }, null, 'expired', null, null],
		[{ status: 'other' }, null, 'pending', null, null],
		[{ lnurl_withdraw: 'a\n\u0007b' }, null, 'pending', null, 'a b'],
		[{ lnurl_withdraw: 'x'.repeat(501) }, null, 'pending', null, 'x'.repeat(500)],
		[{ lnurl_withdraw: 5 }, null, 'pending', null, null],
		['LNURL1', null, 'pending', null, null],
		[true, null, 'pending', null, null],
	])('as %j', (given, amountSat, said, found, text) => {
		expect(readRefund(given)).toEqual({ amountSat, said, link: found, text });
	});

	it('is none in nothing', () => {
		expect([readRefund(null), readRefund(undefined)]).toEqual([null, null]);
	});

	const report = (change: Partial<OfferedRefund>, state: RefundState, hasClaim = false) =>
		refundReport({ ...refund, ...change }, hasClaim ? claim : undefined, state);
	const open = { status: 'offered', reason: null } as const;
	const doubt = { status: 'unknown', reason: 'why' } as const;
	const shown = { lnurl: 'LNURL1X', lightningUri: 'lightning:LNURL1X' };

	it.each([
		[{}, open, false, { status: 'offered', amountSat: 5, ...shown }],
		[{}, open, true, { status: 'offered', amountSat: 5, ...shown }],
		[
			{},
			{ ...open, reason: 'why' },
			false,
			{ status: 'offered', amountSat: 5, ...shown, reason: 'why' },
		],
		[
			{ amountSat: 3 },
			doubt,
			true,
			{ status: 'unknown', amountSat: 5, ...shown, paymentHash: OUR_HASH, reason: 'why' },
		],
		[{}, doubt, false, { status: 'unknown', amountSat: null, ...shown, reason: 'why' }],
		[{ link: null, text: 'x' }, open, false, { status: 'unreadable', amountSat: 5, text: 'x' }],
		[
			{ link: null },
			doubt,
			true,
			{ status: 'unreadable', amountSat: 5, text: 'LNURL1X', paymentHash: OUR_HASH, reason: 'why' },
		],
		[{ said: 'claimed' }, open, false, { status: 'gone', amountSat: 5 }],
		[
			{ said: 'expired' },
			{ ...open, reason: 'why' },
			false,
			{ status: 'expired', amountSat: 5, reason: 'why' },
		],
		[
			{ said: 'claimed' },
			doubt,
			true,
			{ status: 'unknown', amountSat: 5, ...shown, paymentHash: OUR_HASH, reason: 'why' },
		],
		[
			{ amountSat: 3 },
			{ status: 'claimed' },
			true,
			{ status: 'claimed', amountSat: 5, paymentHash: OUR_HASH },
		],
		[{}, { status: 'claimed' }, false, { status: 'claimed', amountSat: null }],
	] as ReadonlyArray<readonly [Partial<OfferedRefund>, RefundState, boolean, object]>)(
		'and is %j, in the state %j, with a claim: %s',
		(change, state, hasClaim, expected) => {
			expect(report(change, state, hasClaim)).toEqual(expected);
		},
	);
});
