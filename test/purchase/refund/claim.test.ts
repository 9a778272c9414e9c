import { claimRefund, isWithin, lookAt } from '../../../nodes/Sats4Ai/purchase/refund/claimRefund';
import type { OpenPurchase } from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import type { RefundTaker } from '../../../nodes/Sats4Ai/purchase/ports';
import { answer } from '../bench';
import { DAY_MS, NOW, openPurchase } from '../openPurchases';
import { CALLBACK, claim, LINK, OUR_HASH, refund, RefundBench, withdrawal } from './refundBench';

async function take(
	bench: RefundBench,
	purchase: OpenPurchase,
	offered = refund,
	change: Partial<RefundTaker> = {},
) {
	return await bench.time.runUntil(
		claimRefund(purchase, offered, bench.ledger, bench.taker(change)),
	);
}
const urls = (bench: RefundBench) => bench.gets.map(({ url }) => url);
const HANDED_IN = `${CALLBACK}?k1=k&pr=${claim.invoice}`;

describe('a refund', () => {
	it('is taken by one invoice, which is written down before the service hears of it', async () => {
		const bench = new RefundBench();
		const purchase = bench.open();
		let before: unknown = null;
		bench.beforeCallback = () => {
			before = bench.ledger.get(purchase.paymentHash)?.claim;
		};
		expect(await take(bench, purchase)).toEqual({ status: 'claimed' });
		expect(before).toEqual(claim);
		expect(bench.ledger.get(purchase.paymentHash)?.claim).toEqual(claim);
		expect(urls(bench)).toEqual([LINK, HANDED_IN]);
		expect(bench.gets[0]).toEqual({
			method: 'GET',
			url: LINK,
			headers: { accept: 'application/json' },
			timeoutMs: 15_000,
			maxBytes: 16_384,
			followRedirects: false,
		});
		expect(bench.wanted).toEqual([
			{
				amountMsat: 5_000n,
				network: 'regtest',
				memo: 'Refund of a picture',
				expirySeconds: 86_400,
				timeoutMs: 15_000,
			},
		]);
		expect(bench.looks).toEqual([10_000]);
		expect(bench.ledger.refundBook.hasMade(OUR_HASH)).toBe(true);
	});

	it('takes no more time than it has', async () => {
		const bench = new RefundBench();
		await take(bench, bench.open(), refund, { timeoutMs: 7_000 });
		expect(bench.gets.map(({ timeoutMs }) => timeoutMs)).toEqual([7_000, 7_000]);
		expect([bench.wanted[0]?.timeoutMs, bench.looks]).toEqual([7_000, [7_000]]);
		const late = new RefundBench();
		await take(late, late.open(), refund, { timeoutMs: 0 });
		expect([late.gets[0]?.timeoutMs, late.looks]).toEqual([1_000, [1_000]]);
	});

	it.each([
		['there is no link', { ...refund, link: null }],
		['the service says that it was taken', { ...refund, said: 'claimed' } as const],
		['the service says that it is too late', { ...refund, said: 'expired' } as const],
	])('is not asked for where %s', async (_, offered) => {
		const bench = new RefundBench();
		expect(await take(bench, bench.open(), offered)).toEqual({ status: 'offered', reason: null });
		expect(bench.gets).toEqual([]);
	});

	it('is not asked for in a run that was stopped', async () => {
		const bench = new RefundBench();
		bench.time.stop();
		expect(await take(bench, bench.open())).toEqual({
			status: 'offered',
			reason: 'the run was stopped',
		});
		expect(bench.gets).toEqual([]);
	});

	it('is not handed in where the run is stopped meanwhile', async () => {
		const bench = new RefundBench();
		const purchase = bench.open();
		const { receiver } = bench.taker();
		const stopping = {
			...receiver,
			makeInvoice: async (wanted: Parameters<typeof receiver.makeInvoice>[0]) => {
				bench.time.stop();
				return await receiver.makeInvoice(wanted);
			},
		};
		expect(await take(bench, purchase, refund, { receiver: stopping })).toEqual({
			status: 'offered',
			reason: 'the run was stopped',
		});
		expect(urls(bench)).toEqual([LINK]);
		expect(bench.ledger.get(purchase.paymentHash)?.claim).toBeUndefined();
	});

	it.each([
		[answer(200, { status: 'ERROR', reason: 'gone' }), 'the link gives nothing: gone'],
		[answer(200, ''), 'the link gives nothing: its link is none for withdrawals'],
		[{ kind: 'lost', reason: 'silence' } as const, 'the link gives nothing: silence'],
		[{ ...answer(200, ''), isCut: true }, 'the link gives nothing: the answer is too large'],
		[
			withdrawal({ minWithdrawable: 6_000, maxWithdrawable: 7_500 }),
			'the link pays from 6 sats to 7.5 sats, which is not what was paid and offered',
		],
	])('is not taken by a link that answers %j', async (atLink, reason) => {
		const bench = new RefundBench();
		bench.atLink = [atLink];
		expect(await take(bench, bench.open())).toEqual({ status: 'offered', reason });
		expect(bench.gets).toHaveLength(1);
	});

	it('is not taken where the wallet makes no invoice', async () => {
		const bench = new RefundBench();
		bench.made = { status: 'failed', reason: 'no right' };
		expect(await take(bench, bench.open())).toEqual({
			status: 'offered',
			reason: 'the wallet made no invoice: no right',
		});
	});

	it('is not asked for by the link of another purchase', async () => {
		const bench = new RefundBench();
		bench.ledger.refundBook.enter('ee'.repeat(32), LINK, 'dd');
		const purchase = bench.open();
		expect(await take(bench, purchase)).toEqual({
			status: 'offered',
			reason: 'another purchase has asked for its refund by the same link',
		});
		expect(bench.ledger.get(purchase.paymentHash)?.claim).toBeUndefined();
	});

	it.each([
		['http://127.0.0.1:4402/w', false],
		['http://127.0.0.1:4402/w', true],
	])('leads to %s only where it may: %s', async (url, mayLeadInside) => {
		const bench = new RefundBench();
		bench.atLink = [withdrawal({ callback: 'http://127.0.0.1:4402/cb' })];
		const inside = { ...refund, link: { lnurl: 'LNURL1X', url } };
		const state = await take(bench, bench.open(), inside, { mayLeadInside });
		expect(state).toEqual(
			mayLeadInside
				? { status: 'claimed' }
				: {
						status: 'offered',
						reason: 'the link gives nothing: it leads to this machine, or into a private network',
					},
		);
		expect(bench.gets.length > 0).toBe(mayLeadInside);
	});

	it('from outside never leads inside', async () => {
		const bench = new RefundBench();
		bench.atLink = [withdrawal({ callback: 'http://127.0.0.1:4402/cb' })];
		const state = await take(bench, bench.open(), refund, { mayLeadInside: true });
		expect(state).toMatchObject({ status: 'offered' });
		expect(bench.gets).toHaveLength(1);
	});
});

describe('an invoice that was handed in', () => {
	it('is waited for as long as there is time, in growing pauses', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		expect(await take(bench, bench.open())).toEqual({
			status: 'unknown',
			reason: 'it has not arrived yet',
		});
		expect(bench.time.now - NOW).toBe(250 + 500 + 1_000 + 2_000 + 14 * 4_000);
		expect(bench.looks.slice(-3)).toEqual([8_250, 4_250, 1_000].slice(0, 3));
	});

	it('is not waited for longer than there is time, to the millisecond', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		await take(bench, bench.open(), refund, { timeoutMs: 250 });
		expect([bench.looks.length, bench.time.now]).toEqual([1, NOW]);
		const more = new RefundBench();
		more.received = [{ status: 'waiting' }];
		await take(more, more.open(), refund, { timeoutMs: 251 });
		expect(more.time.now).toBe(NOW + 250);
	});

	it('that arrives late has arrived', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }, { status: 'waiting' }, { status: 'received' }];
		expect(await take(bench, bench.open())).toEqual({ status: 'claimed' });
	});

	it('is not waited for in a stopped run', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		bench.beforeCallback = () => bench.time.stop();
		expect(await take(bench, bench.open())).toMatchObject({ status: 'unknown' });
		expect([bench.looks.length, bench.time.now]).toEqual([1, NOW]);
	});

	it.each([
		[answer(500, 'oops'), 'HTTP 500'],
		[{ kind: 'lost', reason: 'silence' } as const, 'silence'],
	])('may be paid although the service says %j', async (atCallback, reason) => {
		const bench = new RefundBench();
		bench.atCallback = [atCallback];
		bench.received = [{ status: 'unknown', reason: 'no record' }];
		expect(await take(bench, bench.open())).toEqual({
			status: 'unknown',
			reason: `${reason}; no record`,
		});
		const paid = new RefundBench();
		paid.atCallback = [atCallback];
		expect(await take(paid, paid.open())).toEqual({ status: 'claimed' });
	});

	it('says what the last look-up said', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'unknown', reason: 'no record' }, { status: 'waiting' }];
		expect(await take(bench, bench.open())).toEqual({
			status: 'unknown',
			reason: 'it has not arrived yet',
		});
	});

	it.each([
		[{ kind: 'notSent', reason: 'no such host' } as const, 'no such host', 0],
		[answer(200, { status: 'ERROR', reason: 'too late' }), 'the service said: too late', 1],
	])('is declined by %j, and may be handed in again', async (atCallback, reason, looks) => {
		const bench = new RefundBench();
		bench.atCallback = [atCallback];
		bench.received = [{ status: 'waiting' }];
		const purchase = bench.open();
		expect(await take(bench, purchase)).toEqual({ status: 'offered', reason });
		expect(bench.looks).toHaveLength(looks);
		expect(bench.ledger.get(purchase.paymentHash)?.claim).toEqual({ ...claim, end: 'declined' });
	});

	it('that the service calls claimed may have been by an earlier try', async () => {
		const bench = new RefundBench();
		bench.atCallback = [answer(200, { status: 'ERROR', reason: 'claimed already' })];
		expect(await take(bench, bench.open())).toEqual({ status: 'claimed' });
	});
});

describe('a refund that was asked for before', () => {
	const asked = (bench: RefundBench, change: object = {}) =>
		bench.open({ claim: { ...claim, ...change } });
	const known = (bench: RefundBench) =>
		bench.ledger.refundBook.enter(openPurchase().paymentHash, LINK, OUR_HASH);

	it('that has arrived is claimed, and nobody is asked', async () => {
		const bench = new RefundBench();
		expect(await take(bench, asked(bench))).toEqual({ status: 'claimed' });
		expect([bench.gets, bench.wanted, bench.looks]).toEqual([[], [], [10_000]]);
	});

	it('is asked for again with the same invoice', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }, { status: 'received' }];
		expect(await take(bench, asked(bench))).toEqual({ status: 'claimed' });
		expect([urls(bench), bench.wanted]).toEqual([[LINK, HANDED_IN], []]);
	});

	it('stays unknown where it may be on its way, whatever is said now', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		bench.atCallback = [answer(200, { status: 'ERROR', reason: 'taken' })];
		const purchase = asked(bench);
		expect(await take(bench, purchase)).toEqual({
			status: 'unknown',
			reason: 'the service said: taken',
		});
		expect(bench.ledger.get(purchase.paymentHash)?.claim?.end).toBe('unknown');
		const linkless = new RefundBench();
		linkless.received = [{ status: 'waiting' }];
		expect(await take(linkless, asked(linkless), { ...refund, link: null })).toEqual({
			status: 'unknown',
			reason: null,
		});
	});

	it('that was declined is offered, as before', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		bench.atCallback = [answer(200, { status: 'ERROR', reason: 'no' })];
		const purchase = asked(bench, { end: 'declined' });
		expect(await take(bench, purchase)).toEqual({
			status: 'offered',
			reason: 'the service said: no',
		});
		expect(bench.ledger.get(purchase.paymentHash)?.claim?.end).toBe('declined');
	});

	it('is not handed in to a link that pays another amount by now', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		bench.atLink = [withdrawal({ maxWithdrawable: 4_999 })];
		expect(await take(bench, asked(bench, { end: 'declined' }))).toEqual({
			status: 'offered',
			reason: 'the link no longer pays the 5 sats asked for',
		});
		expect(bench.gets).toHaveLength(1);
	});

	const look = async (bench: RefundBench, change: object, taker: Partial<RefundTaker> = {}) =>
		await bench.time.runUntil(lookAt({ ...claim, ...change }, bench.taker(taker), bench.ledger));

	it('with another wallet is unknown, unless this one has it', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		expect(await look(bench, {}, { walletKey: 'other' })).toEqual({
			status: 'unknown',
			reason: 'it was asked for with a wallet of another address or secret than the one set now',
		});
		bench.received = [{ status: 'received' }];
		expect(await look(bench, {}, { walletKey: 'other' })).toEqual({ status: 'claimed' });
	});

	it('with an invoice that the wallet does not know is left, unless this process has made it', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'unknown', reason: 'x' }];
		expect(await look(bench, {})).toEqual({
			status: 'unknown',
			reason: 'the wallet does not know the invoice',
		});
		known(bench);
		expect(await look(bench, {})).toBeNull();
	});

	it('is worth asking for again until the invoice has ended', async () => {
		const bench = new RefundBench();
		bench.received = [{ status: 'waiting' }];
		await bench.time.runUntil(bench.time.pass(DAY_MS - 1, false));
		expect(await look(bench, {})).toBeNull();
		await bench.time.runUntil(bench.time.pass(1, false));
		expect(await look(bench, {})).toEqual({
			status: 'unknown',
			reason: 'the wallet does not say whether it has arrived',
		});
		const over = {
			status: 'offered',
			reason: 'this node has asked for it, and was not paid within a day',
		};
		expect(await look(bench, { end: 'declined' })).toEqual(over);
		bench.received = [{ status: 'expired' }];
		expect(await look(bench, {})).toEqual(over);
	});
});

test.each([
	[999n, false],
	[1_000n, true],
	[2_000n, true],
	[2_001n, false],
])('%d msat are within 1 and 2 sats: %s', (amountMsat, isInside) => {
	expect(isWithin(amountMsat, { minMsat: 1_000n, maxMsat: 2_000n })).toBe(isInside);
});
