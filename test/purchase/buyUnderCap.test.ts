import { DayBook } from '../../nodes/Sats4Ai/purchase/books/dayBook';
import { buy } from '../../nodes/Sats4Ai/purchase/buy';
import { DayLimit } from '../../nodes/Sats4Ai/purchase/dayLimit';
import { told } from '../../nodes/Sats4Ai/wallets/spending';
import { Bench, terms, type Item } from './bench';
import { NOW } from './openPurchases';
import { order, benchWith } from './buying';

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
