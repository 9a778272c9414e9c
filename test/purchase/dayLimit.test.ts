import { DayBook } from '../../nodes/Sats4Ai/purchase/books/dayBook';
import { DayLimit } from '../../nodes/Sats4Ai/purchase/dayLimit';
import { DayReader } from '../../nodes/Sats4Ai/purchase/dayReader';
import type { Outflow, Spending, SpendingQuestion } from '../../nodes/Sats4Ai/wallets/spending';
import { VirtualTime } from '../model/virtualTime';
import { DAY_MS, NOW, openPurchase, paidPurchase } from './openPurchases';

/** What a purchase of these tests takes, with its fee limit. */
const TAKES = 7_000n;

function scene(limitMsat = 100_000n, book = new DayBook()) {
	const time = new VirtualTime(NOW);
	const questions: SpendingQuestion[] = [];
	const wallet = {
		spentMsat: 0n,
		takesMs: 0,
		says: null as Spending | null,
		spentSince: async (question: SpendingQuestion): Promise<Spending> => {
			questions.push(question);
			if (wallet.takesMs > 0) await time.pass(wallet.takesMs, false);
			const outflow: Outflow = {
				id: 'theirs',
				amountMsat: wallet.spentMsat,
				feeMsat: 0n,
				isUnderWay: false,
				at: NOW - 3_600_000,
			};
			return wallet.says ?? { status: 'told', outflows: [outflow], bookmark: 'page 2' };
		},
	};
	const ports = { wallet, clock: time.clock, limitMsat, maxFeeMsat: 2_000n, timeoutMs: 30_000 };
	const limit = new DayLimit(book, ports);
	const reader = new DayReader(book, ports);
	/** Checks until it fits, or is refused. */
	const check = async (purchase = openPurchase()) => {
		for (;;) {
			const wait = limit.check(purchase);
			if (wait === null) return 'fits';
			await wait;
		}
	};
	const outcome = async (purchase = openPurchase()) =>
		await time.runUntil(
			check(purchase).catch((cause: unknown) => (cause as { code: string }).code),
		);
	return { time, questions, wallet, book, limit, reader, outcome };
}

describe('a payment under a cap per day', () => {
	it('is checked against what the wallet tells', async () => {
		const { questions, outcome } = scene();
		expect(await outcome()).toBe('fits');
		expect(questions).toEqual([{ sinceAt: NOW - 2 * DAY_MS, timeoutMs: 30_000, bookmark: null }]);
	});

	it('fits to the last thousandth of the cap, and no further', async () => {
		const at = scene();
		at.wallet.spentMsat = 100_000n - TAKES;
		expect(await at.outcome()).toBe('fits');
		const over = scene();
		over.wallet.spentMsat = 100_001n - TAKES;
		expect(await over.outcome()).toBe('DAY_LIMIT_REACHED');
	});

	it('far from the cap needs no new reading for a minute', async () => {
		const { time, questions, outcome, limit } = scene();
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		await time.runUntil(time.pass(60_000, false));
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1, false));
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(questions.map(({ bookmark }) => bookmark)).toEqual([null, 'page 2']);
	});

	it('takes a quarter of what was free on one reading, and no more', async () => {
		const { questions, outcome, limit } = scene(28_000n);
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		limit.release(openPurchase());
		expect(questions).toHaveLength(1);
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(questions).toHaveLength(2);
	});

	it('near the cap is the only one on its reading', async () => {
		const { time, questions, outcome, limit } = scene(27_999n);
		expect(await outcome()).toBe('fits');
		expect(await outcome()).toBe('fits');
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1_000, false));
		expect(await outcome()).toBe('fits');
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1, false));
		expect(await outcome()).toBe('fits');
		expect(questions).toHaveLength(2);
		limit.enter(openPurchase());
		limit.release(openPurchase());
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(questions).toHaveLength(3);
	});

	it('near the cap waits for the payment that is being made', async () => {
		const { time, outcome, limit } = scene(27_999n);
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		void time.pass(4_500, false).then(() => limit.paid(paidPurchase()));
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(time.now).toBe(NOW + 4_500);
	});

	it('waits where a payment that is being made may still fail', async () => {
		const { time, outcome, limit } = scene(10_000n);
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		void time.pass(500, false).then(() => limit.failed(openPurchase()));
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('fits');
		expect(time.now).toBe(NOW + 500);
	});

	it('that was paid leaves no room for another', async () => {
		const { outcome, limit } = scene(10_000n);
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		limit.paid(paidPurchase());
		expect(await outcome(openPurchase({ paymentHash: 'b' }))).toBe('DAY_LIMIT_REACHED');
	});

	it('that has ended counts as it has, though the wallet calls it open', async () => {
		for (const [end, msat] of [
			['paid', 5_500n],
			['failed', 0n],
		] as const) {
			const { time, wallet, limit, reader, book } = scene();
			limit.enter(openPurchase());
			if (end === 'paid') limit.paid(paidPurchase());
			else limit.failed(openPurchase());
			const { paymentHash: id } = openPurchase();
			const still = { id, amountMsat: 5_000n, feeMsat: 2_000n, isUnderWay: true, at: NOW };
			wallet.says = { status: 'told', outflows: [still], bookmark: null };
			await time.runUntil(reader.read());
			expect(book.spentMsat(NOW, 2_000n)).toBe(msat);
		}
	});

	it('of a quarter of what is free needs no new reading, whatever was spent before', async () => {
		for (const [limitMsat, spentMsat] of [
			[28_000n, 0n],
			[100_000n, 60_000n],
		] as const) {
			const { time, wallet, outcome, questions } = scene(limitMsat);
			wallet.spentMsat = spentMsat;
			expect(await outcome()).toBe('fits');
			await time.runUntil(time.pass(5_000, false));
			expect(await outcome()).toBe('fits');
			expect(questions).toHaveLength(1);
		}
	});

	it('over the cap is refused on a reading of the last second alone', async () => {
		const { time, questions, wallet, outcome } = scene();
		wallet.spentMsat = 99_000n;
		expect(await outcome()).toBe('DAY_LIMIT_REACHED');
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1_000, false));
		expect(await outcome()).toBe('DAY_LIMIT_REACHED');
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1, false));
		wallet.spentMsat = 0n;
		expect(await outcome()).toBe('fits');
		expect(questions).toHaveLength(2);
	});

	it('counts itself once', async () => {
		const { outcome, limit } = scene(10_000n);
		expect(await outcome()).toBe('fits');
		limit.enter(openPurchase());
		limit.release(openPurchase());
		expect(await outcome()).toBe('fits');
	});

	it('is not made from a wallet that does not tell', async () => {
		const { wallet, outcome } = scene();
		wallet.says = { status: 'unavailable', cause: 'unreachable', reason: 'silence' };
		expect(await outcome()).toBe('WALLET_UNREACHABLE');
	});
});

describe('a payment that was begun earlier', () => {
	it('may be sent again where it fits, and counts from then on', async () => {
		const { time, limit, book, questions } = scene(10_000n);
		const mayResend = await time.runUntil(limit.takeUp(openPurchase()));
		expect(questions).toHaveLength(1);
		expect(book.spentMsat(NOW, 0n)).toBe(TAKES);
		expect([mayResend(), book.isUsed]).toEqual([true, true]);
	});

	it('may not where it does not fit', async () => {
		const { time, wallet, limit } = scene(10_000n);
		wallet.spentMsat = 3_001n;
		expect((await time.runUntil(limit.takeUp(openPurchase())))()).toBe(false);
		const other = scene(10_000n);
		other.wallet.spentMsat = 3_000n;
		expect((await other.time.runUntil(other.limit.takeUp(openPurchase())))()).toBe(true);
	});

	it('may not where the wallet does not tell', async () => {
		const { time, wallet, limit, book } = scene();
		wallet.says = { status: 'unavailable', cause: 'other', reason: 'silence' };
		expect((await time.runUntil(limit.takeUp(openPurchase())))()).toBe(false);
		expect(book.spentMsat(NOW, 0n)).toBe(TAKES);
	});

	it('was made when its invoice ended, at the latest', async () => {
		const { time, limit, book } = scene();
		await time.runUntil(limit.takeUp(openPurchase({ expiresAt: NOW - 5_000 })));
		expect(book.freeAt(NOW)).toBe(NOW - 5_000 + DAY_MS);
		limit.paid(paidPurchase());
		expect(book.spentMsat(NOW + DAY_MS - 5_001, 0n)).toBe(5_500n);
		expect(book.spentMsat(NOW + DAY_MS - 5_000, 0n)).toBe(0n);
	});

	it('is let go without an end', async () => {
		const { time, limit, book } = scene();
		await time.runUntil(limit.takeUp(openPurchase()));
		expect(book.isPaying).toBe(true);
		limit.release(openPurchase());
		expect([book.isPaying, book.spentMsat(NOW, 0n)]).toEqual([false, TAKES]);
	});
});

describe('the receipt says of the day', () => {
	it('what is spent, rounded up, and the cap', async () => {
		const { time, wallet, limit, questions } = scene(100_900n);
		wallet.spentMsat = 4_001n;
		expect(await time.runUntil(limit.today())).toEqual({ spentTodaySat: 5, limitTodaySat: 100 });
		await time.runUntil(time.pass(60_000, false));
		await time.runUntil(limit.today());
		expect(questions).toHaveLength(1);
	});

	it('nothing where the wallet cannot tell', async () => {
		const { time, wallet, limit } = scene();
		wallet.says = { status: 'unavailable', cause: 'other', reason: 'silence' };
		expect(await time.runUntil(limit.today())).toEqual({ spentTodaySat: null, limitTodaySat: 100 });
	});
});

describe('a reading', () => {
	it('goes on once for a process, and others wait for it', async () => {
		const { time, wallet, reader, book, questions } = scene();
		wallet.takesMs = 800;
		await time.runUntil(Promise.all([reader.read(), reader.read()]));
		expect(questions).toHaveLength(1);
		expect([time.now, book.running]).toEqual([NOW + 800, null]);
		await time.runUntil(reader.read());
		expect(questions).toHaveLength(2);
	});

	it('is waited for in slices of a second', async () => {
		const { time, wallet, reader } = scene();
		wallet.takesMs = 5_000;
		const first = reader.read();
		await time.runUntil(reader.read());
		expect(time.now).toBe(NOW + 1_000);
		await time.runUntil(first);
	});

	it('that fails is over too', async () => {
		const { time, wallet, reader, book } = scene();
		wallet.says = { status: 'unavailable', cause: 'other', reason: 'silence' };
		await expect(time.runUntil(reader.read())).rejects.toMatchObject({ code: 'PAYMENT_FAILED' });
		expect([book.running, reader.ageMs]).toEqual([null, Infinity]);
		wallet.says = null;
		expect(await time.runUntil(reader.isReadWithin(1_000))).toBe(true);
	});

	it('is asked for only where the last one is too old', async () => {
		const { time, reader, questions } = scene();
		expect(await time.runUntil(reader.isReadWithin(1_000))).toBe(true);
		await time.runUntil(time.pass(1_000, false));
		expect(await time.runUntil(reader.isReadWithin(1_000))).toBe(true);
		expect(questions).toHaveLength(1);
		await time.runUntil(time.pass(1, false));
		expect(await time.runUntil(reader.isReadWithin(1_000))).toBe(true);
		expect(questions).toHaveLength(2);
	});

	it('that goes on is not waited for in a stopped run', async () => {
		const { time, wallet, reader, questions } = scene();
		wallet.takesMs = 60_000;
		const first = reader.read();
		time.stop();
		expect(await time.runUntil(reader.isReadWithin(1_000))).toBe(false);
		expect([time.now, questions.length]).toEqual([NOW, 1]);
		await time.runUntil(first);
	});
});
