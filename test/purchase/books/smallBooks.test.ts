import { Arrivals } from '../../../nodes/Sats4Ai/purchase/books/arrivals';
import { KeptPictures } from '../../../nodes/Sats4Ai/purchase/books/keptPictures';
import { hasLapsed, unserved } from '../../../nodes/Sats4Ai/purchase/books/lapse';
import { Latest } from '../../../nodes/Sats4Ai/purchase/books/latest';
import {
	committedMsat,
	payableInvoice,
	paymentRecord,
} from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import { RefundBook } from '../../../nodes/Sats4Ai/purchase/books/refundBook';
import { PurchaseMemory } from '../../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import type { Picture } from '../../../nodes/Sats4Ai/purchase/service/storePicture';
import { DAY_MS, HOUR_MS, NOW, openPurchase, paidPurchase } from '../openPurchases';

describe('a map of the latest', () => {
	it('forgets what was set longest ago', () => {
		const latest = new Latest<number>(2);
		latest.set('a', 1);
		latest.set('b', 2);
		expect([latest.get('a'), latest.get('b')]).toEqual([1, 2]);
		latest.set('a', 3);
		latest.set('c', 4);
		expect(['a', 'b', 'c'].map((key) => latest.get(key))).toEqual([3, undefined, 4]);
		latest.delete('a');
		latest.set('d', 5);
		expect(['a', 'c', 'd'].map((key) => latest.get(key))).toEqual([undefined, 4, 5]);
	});
});

test('a pay call can arrive until its invoice has ended, by a clock that nobody sets', () => {
	let elapsed = 1_000;
	const arrivals = new Arrivals(new Map(), { elapsedMs: () => elapsed });
	expect(arrivals.by('a')).toBeNull();
	arrivals.leave('a', 600);
	elapsed = 5_000;
	expect(arrivals.by('a')).toBe(1_600);
	expect(arrivals.by('b')).toBeNull();
});

describe('an open purchase', () => {
	it('takes its price and its fee limit, and what was paid once that is known', () => {
		expect(committedMsat(openPurchase())).toBe(7_000n);
		expect(committedMsat(openPurchase({ feeMsat: '1' }))).toBe(7_000n);
		expect(committedMsat(paidPurchase())).toBe(5_500n);
		expect(committedMsat(paidPurchase({ feeMsat: '0' }))).toBe(5_000n);
		expect(committedMsat(paidPurchase({ feeMsat: null }))).toBe(7_000n);
	});

	it('is what the wallet is told', () => {
		expect(payableInvoice(openPurchase())).toEqual({
			text: 'lnbcrt1',
			paymentHash: 'ab'.repeat(32),
			amountMsat: 5_000n,
		});
	});

	it('is shown with its proof, where there is one', () => {
		const shown = { token: 'QUJD', invoice: 'lnbcrt1', paymentHash: 'ab'.repeat(32) };
		expect(paymentRecord(openPurchase({ amountMsat: '5001' }))).toEqual({ ...shown, priceSat: 6 });
		expect(paymentRecord(paidPurchase())).toEqual({
			...shown,
			preimage: '12'.repeat(32),
			priceSat: 5,
		});
	});
});

describe('new runs no longer find', () => {
	it.each([
		['a payment nobody can tell the end of, for 28 days', openPurchase({ expiresAt: NOW }), 28],
		['a paid one neither', paidPurchase({ expiresAt: NOW }), 28],
	])('%s', (_, purchase, days) => {
		expect(hasLapsed(purchase, NOW + days * DAY_MS)).toBe(false);
		expect(hasLapsed(purchase, NOW + days * DAY_MS + 1)).toBe(true);
	});

	it('what was refused, but for an hour', () => {
		const refused = paidPurchase({ refusedAt: NOW });
		expect(hasLapsed(refused, NOW + HOUR_MS)).toBe(false);
		expect(hasLapsed(refused, NOW + HOUR_MS + 1)).toBe(true);
	});

	it('what was let go', () => {
		expect(hasLapsed(paidPurchase({ letGoAt: NOW }), NOW)).toBe(true);
		expect(hasLapsed(paidPurchase(), NOW)).toBe(false);
	});

	it('nothing else, as long as its payment may be under way', () => {
		const paying = openPurchase({ refusedAt: NOW - DAY_MS, letGoAt: NOW - DAY_MS });
		expect(hasLapsed(paying, NOW)).toBe(false);
	});
});

test('what is not served is let go after a day of it', () => {
	expect(unserved(paidPurchase(), NOW)).toEqual({ unservedSince: NOW, letGoAt: null });
	const since = paidPurchase({ unservedSince: NOW });
	expect(unserved(since, NOW + DAY_MS)).toEqual({ unservedSince: NOW, letGoAt: null });
	expect(unserved(since, NOW + DAY_MS + 1)).toEqual({
		unservedSince: NOW,
		letGoAt: NOW + DAY_MS + 1,
	});
});

describe('pictures that could not be stored', () => {
	const MB = 1024 * 1024;
	/** No memory is taken: a picture is asked for its length alone. */
	const picture = (length: number) => ({ bytes: { length } }) as unknown as Picture;
	const of = (paymentHash: string, digest = 'd') => ({ paymentHash, digest });

	it('are kept for their payment and their order', () => {
		const kept = new KeptPictures();
		const one = picture(5);
		kept.keep(of('a'), one);
		expect(kept.of(of('a'))).toBe(one);
		expect([kept.of(of('b')), kept.of(of('a', 'e'))]).toEqual([undefined, undefined]);
		kept.forget(of('a'));
		expect(kept.of(of('a'))).toBeUndefined();
	});

	it('are let go from the oldest on, beyond 256 MB', () => {
		const kept = new KeptPictures();
		const names = ['a', 'b', 'c'];
		kept.keep(of('a'), picture(100 * MB));
		kept.keep(of('b'), picture(156 * MB));
		expect(names.map((name) => kept.of(of(name)) !== undefined)).toEqual([true, true, false]);
		kept.keep(of('c'), picture(1));
		expect(names.map((name) => kept.of(of(name)) !== undefined)).toEqual([false, true, true]);
	});

	it('may each be as large as that, and no larger', () => {
		const kept = new KeptPictures();
		kept.keep(of('a'), picture(5));
		kept.keep(of('b'), picture(256 * MB + 1));
		expect([kept.of(of('a')) !== undefined, kept.of(of('b'))]).toEqual([true, undefined]);
		kept.keep(of('b'), picture(256 * MB));
		expect([kept.of(of('a')), kept.of(of('b')) !== undefined]).toEqual([undefined, true]);
	});

	it('count once, however often they are kept or forgotten', () => {
		const kept = new KeptPictures();
		for (let times = 0; times < 3; times += 1) kept.keep(of('a'), picture(100 * MB));
		for (let times = 0; times < 3; times += 1) kept.forget(of('x'));
		kept.keep(of('b'), picture(156 * MB));
		expect(kept.of(of('a'))).toBeDefined();
		kept.forget(of('a'));
		kept.keep(of('c'), picture(100 * MB));
		expect([kept.of(of('b')), kept.of(of('c'))]).not.toContain(undefined);
	});
});

describe('the book of refunds', () => {
	const link = { lnurl: 'LNURL1', url: 'https://a.example/w' };
	const refund = { amountSat: 5, said: 'pending', link, text: null } as const;
	const claim = {
		invoice: 'lnbcrt1',
		paymentHash: 'cc'.repeat(32),
		amountMsat: '5000',
		expiresAt: NOW,
		walletKey: 'feed',
		end: 'unknown',
	} as const;
	const memory = () => new PurchaseMemory(() => NOW);

	it('lets one purchase ask by a link, as often as it likes', () => {
		const book = new RefundBook([], memory());
		expect(book.enter('a', link.url, 'i')).toBe(true);
		expect(book.enter('a', link.url, 'i')).toBe(true);
		expect(book.enter('b', link.url, 'j')).toBe(false);
		expect(book.isOurInvoice('j')).toBe(false);
		expect(book.enter('b', 'https://a.example/other', 'j')).toBe(true);
	});

	it('knows our own invoices, which are never to be paid by us', () => {
		const book = new RefundBook([], memory());
		expect([book.isOurInvoice('i'), book.hasMade('i')]).toEqual([false, false]);
		book.enter('a', link.url, 'i');
		expect([book.isOurInvoice('i'), book.hasMade('i')]).toEqual([true, true]);
	});

	it('knows what saved books name, and that this process has not made it', () => {
		const saved = [paidPurchase({ paymentHash: 'a', refund, claim }), paidPurchase()];
		const theirs = { ...claim, paymentHash: 'dd' };
		const book = new RefundBook([...saved, paidPurchase({ claim: theirs })], memory());
		expect(book.isOurInvoice('dd')).toBe(true);
		expect(book.isOurInvoice(claim.paymentHash)).toBe(true);
		expect(book.hasMade(claim.paymentHash)).toBe(false);
		expect(book.enter('b', link.url, 'j')).toBe(false);
		expect(book.enter('a', link.url, 'i')).toBe(true);
	});

	it('takes a link for free as long as nobody has asked by it', () => {
		const linkless = paidPurchase({ paymentHash: 'c', refund: { ...refund, link: null }, claim });
		const unasked = paidPurchase({ paymentHash: 'a', refund });
		const book = new RefundBook([unasked, linkless], memory());
		expect(book.enter('b', link.url, 'j')).toBe(true);
	});
});
