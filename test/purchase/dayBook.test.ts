import { DayBook, dayBookOf, type Moment } from '../../nodes/Sats4Ai/purchase/books/dayBook';
import type { Outflow } from '../../nodes/Sats4Ai/wallets/spending';

const NOW = Date.UTC(2026, 2, 29, 12);
const HOUR_MS = 60 * 60 * 1_000;
const MAX_FEE = 10_000n;

const moment = (now = NOW): Moment => ({ now, elapsedMs: now - NOW });

const left = (change: Partial<Outflow> = {}): Outflow => ({
	id: 'theirs',
	amountMsat: 5_000n,
	feeMsat: 1_000n,
	isUnderWay: false,
	at: NOW - HOUR_MS,
	...change,
});

function bookOf(...outflows: Outflow[]): DayBook {
	const book = new DayBook();
	book.read(outflows, moment(), MAX_FEE);
	return book;
}

const spent = (book: DayBook, now = NOW) => book.spentMsat(now, MAX_FEE);

test.each<[string, Outflow[], bigint]>([
	['nothing', [], 0n],
	['a payment with its fee', [left()], 6_000n],
	['a payment without a fee told', [left({ feeMsat: null })], 15_000n],
	[
		'what is under way, with our limit for fees',
		[left({ isUnderWay: true, feeMsat: null })],
		15_000n,
	],
	['what is under way, with the limit the wallet tells', [left({ isUnderWay: true })], 6_000n],
	['under way since long ago', [left({ isUnderWay: true, at: NOW - 30 * HOUR_MS })], 6_000n],
	['a payment a day old', [left({ at: NOW - 24 * HOUR_MS })], 0n],
	['a payment a day old, less a thousandth', [left({ at: NOW - 24 * HOUR_MS + 1 })], 6_000n],
	['a payment of tomorrow, by a clock that is fast', [left({ at: NOW + 5 * HOUR_MS })], 6_000n],
	['one payment listed twice', [left(), left()], 6_000n],
	['a failed try and a settled one of a hash', [left({ isUnderWay: true }), left()], 6_000n],
	['two payments', [left(), left({ id: 'other' })], 12_000n],
])('counts %s', (_what, outflows, msat) => {
	expect(spent(bookOf(...outflows))).toBe(msat);
});

test('a payment in both books counts once', () => {
	const book = bookOf();
	book.enter('ours', 15_000n, NOW);
	expect(spent(book)).toBe(15_000n);
	book.read([left({ id: 'ours', isUnderWay: true, feeMsat: null })], moment(), MAX_FEE);
	expect(spent(book)).toBe(15_000n);
	book.read([left({ id: 'ours', feeMsat: 200n })], moment(), MAX_FEE);
	expect(spent(book)).toBe(5_200n);
	book.end('ours', 'paid', 5_200n, NOW);
	expect(spent(book)).toBe(5_200n);
});

test('records that lag behind hide nothing that was paid, and hold nothing that has failed', () => {
	const open = [left({ id: 'paid', isUnderWay: true }), left({ id: 'failed', isUnderWay: true })];
	const book = bookOf(...open);
	book.enter('paid', 15_000n, NOW);
	book.enter('failed', 15_000n, NOW);
	book.end('paid', 'paid', 5_100n, NOW);
	book.end('failed', 'failed', 0n, NOW);
	expect(spent(book)).toBe(5_100n);
	book.read(open, moment(), MAX_FEE);
	expect(spent(book)).toBe(5_100n);
	book.read([left({ id: 'failed' })], moment(), MAX_FEE);
	expect(spent(book)).toBe(11_100n);
});

test('a wallet that shows nothing hides no payment of our own', () => {
	const book = bookOf();
	book.enter('ours', 15_000n, NOW);
	book.end('ours', 'paid', 5_000n, NOW);
	book.read([], moment(NOW + HOUR_MS), MAX_FEE);
	expect(spent(book, NOW + 23 * HOUR_MS)).toBe(5_000n);
	expect(spent(book, NOW + 24 * HOUR_MS)).toBe(0n);
	const backdated = bookOf(left({ id: 'ours', at: NOW - 40 * HOUR_MS }));
	backdated.enter('ours', 15_000n, NOW);
	expect(spent(backdated)).toBe(6_000n);
});

test('what may still fail is told apart from what is certain', () => {
	const book = bookOf(left());
	book.enter('ours', 15_000n, NOW);
	expect(book.certainMsat(NOW, MAX_FEE)).toBe(6_000n);
	book.release('ours');
	expect(book.certainMsat(NOW, MAX_FEE)).toBe(21_000n);
	expect(book.certainMsat(NOW, MAX_FEE, 'ours')).toBe(6_000n);
});

test('who waits hears of every end', async () => {
	const book = bookOf();
	for (const end of [
		() => book.end('ours', 'paid', 5_000n, NOW),
		() => book.end('ours', 'failed', 0n, NOW),
		() => book.release('ours'),
	]) {
		book.enter('ours', 15_000n, NOW);
		const heard = book.nextChange();
		end();
		await heard;
	}
});

test('the next sats become free when the oldest payment is a day old', () => {
	const book = bookOf(left({ at: NOW - 3 * HOUR_MS }), left({ id: 'b', at: NOW - 5 * HOUR_MS }));
	expect(book.freeAt(NOW)).toBe(NOW + 19 * HOUR_MS);
	expect(bookOf(left({ isUnderWay: true })).freeAt(NOW)).toBeNull();
	expect(bookOf().freeAt(NOW)).toBeNull();
});

test('a reading is as old as the clock says that has gone further', () => {
	expect(bookOf().ageMs(moment(NOW + 5))).toBe(5);
	expect(bookOf().ageMs({ now: NOW, elapsedMs: 70_000 })).toBe(70_000);
	expect(bookOf().ageMs({ now: NOW - 70_000, elapsedMs: 5 })).toBe(70_000);
	expect(new DayBook().ageMs(moment())).toBe(Infinity);
});

test('a payment of earlier counts when the wallet says it was made', () => {
	const book = bookOf();
	book.takeUp('ours', 15_000n, NOW);
	expect(spent(book)).toBe(15_000n);
	book.end('ours', 'paid', 5_000n, NOW);
	expect(spent(book)).toBe(5_000n);
	book.read([left({ id: 'ours', at: NOW - 20 * HOUR_MS })], moment(), MAX_FEE);
	expect(spent(book, NOW + 3 * HOUR_MS)).toBe(6_000n);
	expect(spent(book, NOW + 4 * HOUR_MS)).toBe(0n);
});

test('a reading keeps what was spent then', () => {
	expect(new DayBook().spentAtReadingMsat).toBe(0n);
	const book = bookOf(left());
	book.enter('ours', 15_000n, NOW);
	expect(book.spentAtReadingMsat).toBe(6_000n);
});

test('a fee that is known here alone counts, and of what is under way the larger sum', () => {
	const book = bookOf();
	book.enter('ours', 15_000n, NOW);
	book.read([left({ id: 'ours', isUnderWay: true })], moment(), MAX_FEE);
	expect(spent(book)).toBe(15_000n);
	book.end('ours', 'paid', 5_200n, NOW);
	book.read([left({ id: 'ours', feeMsat: null })], moment(), MAX_FEE);
	expect(spent(book)).toBe(5_200n);
});

test('the end of a payment counts, also where nobody saw it begin', () => {
	const book = bookOf();
	book.end('ours', 'paid', 5_000n, NOW);
	expect(spent(book, NOW + 24 * HOUR_MS - 1)).toBe(5_000n);
	expect(spent(book, NOW + 24 * HOUR_MS)).toBe(0n);
	book.read([left({ id: 'ours', at: NOW - 20 * HOUR_MS })], moment(), MAX_FEE);
	expect(spent(book, NOW + 4 * HOUR_MS)).toBe(0n);
});

describe('a payment that was begun a day ago', () => {
	const LATER = NOW + 24 * HOUR_MS;
	const still = left({ id: 'ours', isUnderWay: true });

	test('is forgotten with the next one, and then the word of the wallet counts', () => {
		const book = bookOf();
		book.enter('ours', 15_000n, NOW);
		book.end('ours', 'paid', 5_000n, NOW);
		book.read([still], moment(LATER), MAX_FEE);
		expect(spent(book, LATER)).toBe(0n);
		book.enter('next', 1_000n, LATER);
		expect(spent(book, LATER)).toBe(7_000n);
	});

	test('is not while it is being made', () => {
		const book = bookOf();
		book.enter('ours', 15_000n, NOW);
		book.read([still], moment(LATER), MAX_FEE);
		book.enter('next', 1_000n, LATER);
		expect(spent(book, LATER)).toBe(16_000n);
	});

	test('a millisecond less ago is kept', () => {
		const book = bookOf();
		book.enter('ours', 15_000n, NOW);
		book.end('ours', 'paid', 5_000n, NOW);
		book.enter('next', 1_000n, LATER - 1);
		expect(spent(book, LATER - 1)).toBe(6_000n);
	});
});

test('there is one book for each wallet, and not without end', () => {
	const names = Array.from({ length: 1_000 }, (_, index) => `wallet ${index}`);
	const kept = names.map((name) => dayBookOf(name));
	expect(names.every((name, index) => dayBookOf(name) === kept[index])).toBe(true);
	dayBookOf('one more');
	expect(dayBookOf('wallet 1')).toBe(kept[1]);
	expect(dayBookOf('wallet 0')).not.toBe(kept[0]);
});
