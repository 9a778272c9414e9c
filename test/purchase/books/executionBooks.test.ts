import { ExecutionBooks } from '../../../nodes/Sats4Ai/purchase/books/executionBooks';
import type { LedgerState } from '../../../nodes/Sats4Ai/purchase/books/ledgerState';
import { PurchaseMemory } from '../../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { SavedShelf } from '../../../nodes/Sats4Ai/purchase/books/shelf';
import { DIGEST, NOW, openPurchase, paidPurchase } from '../openPurchases';

const KEY = 'a1'.repeat(8);

describe('the books of an execution', () => {
	const booksOf = (state: LedgerState | null = null, memory = new PurchaseMemory(() => NOW)) => {
		const copies: string[] = [];
		const books = new ExecutionBooks(state, memory, (saved) => {
			copies.push(JSON.stringify(saved));
		});
		const saved = () => JSON.parse(copies.at(-1) ?? '') as LedgerState;
		return { books, memory, copies, saved };
	};
	const family = 'f'.repeat(16);
	const state = (change: Partial<LedgerState> = {}): LedgerState => ({
		family,
		spentMsat: '300',
		spent: { [KEY]: '300' },
		open: { [openPurchase().paymentHash]: openPurchase() },
		delivered: { 2: { digest: DIGEST, item: { a: 1 } } },
		...change,
	});

	it('are saved as they were read', () => {
		const { books, saved } = booksOf(state());
		expect(saved()).toEqual(state());
		expect(books.family.id).toBe(family);
		expect(books.family.committedMsat).toBe(300n);
		expect([...books.open.keys()]).toEqual([openPurchase().paymentHash]);
		expect(books.delivered.get(2)).toEqual({ digest: DIGEST, item: { a: 1 } });
	});

	it('begin empty, with names of their own', () => {
		const [one, other] = [booksOf(), booksOf(state({ family: '' }))];
		expect(one.saved()).toEqual({
			family: expect.stringMatching(/^[0-9a-f]{16}$/),
			spentMsat: '0',
			spent: {},
			open: {},
			delivered: {},
		});
		expect(other.books.family.id).toMatch(/^[0-9a-f]{16}$/);
		expect(one.books.attempt).toMatch(/^[0-9a-f]{16}$/);
		expect(one.books.attempt).not.toBe(other.books.attempt);
	});

	it('know which attempts they come from', () => {
		const { books } = booksOf(state());
		expect([books.attempt, KEY, 'other'].map((attempt) => books.isOurs(attempt))).toEqual([
			true,
			true,
			false,
		]);
	});

	it('count on what is open, in its newest version, and on nothing that is closed', () => {
		const { books, memory } = booksOf(state());
		books.reserveOpen();
		expect(books.family.committedMsat).toBe(7_300n);
		memory.put(paidPurchase());
		books.reserveOpen();
		expect(books.family.committedMsat).toBe(5_800n);
		const closed = booksOf(state());
		closed.memory.close(openPurchase(), 'unpaid', '');
		closed.books.reserveOpen();
		expect(closed.books.family.committedMsat).toBe(300n);
	});

	it('reserve what is in their budget alone', () => {
		const { books, saved } = booksOf(state({ open: {} }));
		books.put(openPurchase({ family: 'e'.repeat(16) }));
		expect(books.family.committedMsat).toBe(300n);
		books.put(openPurchase());
		expect(books.family.committedMsat).toBe(7_300n);
		expect(saved().open).toEqual({ [openPurchase().paymentHash]: openPurchase() });
	});

	it('hold what nobody can change', () => {
		const { books } = booksOf(state({ open: {} }));
		const refund = { amountSat: 5, said: 'pending', link: null, text: null } as const;
		const claim = {
			invoice: 'lnbcrt1',
			paymentHash: 'cc',
			amountMsat: '5',
			expiresAt: 1,
			walletKey: '',
			end: 'unknown',
		} as const;
		const kept = books.put(openPurchase({ refund, claim }));
		expect(kept).toEqual(openPurchase({ refund, claim }));
		expect([kept, kept.refund, kept.claim].map((part) => Object.isFrozen(part))).toEqual([
			true,
			true,
			true,
		]);
		expect(Object.keys(books.put(openPurchase()))).not.toContain('refund');
		expect(books.open.get(kept.paymentHash)).not.toHaveProperty('claim');
	});

	it('copy every change', () => {
		const { books, saved } = booksOf(state());
		books.drop(openPurchase().paymentHash);
		expect([books.open.size, saved().open]).toEqual([0, {}]);
		books.family.spend('x', 20n, books.attempt);
		books.noteSpent();
		expect(saved()).toMatchObject({
			spentMsat: '320',
			spent: { [KEY]: '300', [books.attempt]: '20' },
		});
		books.shelve(5, { digest: 'd', item: {} });
		expect(Object.keys(saved().delivered)).toEqual(['2', '5']);
		books.unshelve(2);
		expect([Object.keys(saved().delivered), books.delivered.has(2)]).toEqual([['5'], false]);
		books.clearShelf();
		expect([saved().delivered, books.delivered.size]).toEqual([{}, 0]);
	});

	it('write a new copy where an expression has spoiled the old one', () => {
		let last: LedgerState | undefined;
		const books = new ExecutionBooks(state(), new PurchaseMemory(() => NOW), (saved) => {
			last = saved;
		});
		for (const part of Object.values(last ?? {})) Object.freeze(part);
		books.shelve(5, { digest: 'd', item: {} });
		expect(Object.keys(last?.delivered ?? {})).toEqual(['2', '5']);
		books.unshelve(5);
		expect(Object.keys(last?.delivered ?? {})).toEqual(['2']);
	});

	describe('with a shelf', () => {
		const shelfOf = () => {
			const { books, saved } = booksOf(state());
			return { books, saved, shelf: new SavedShelf<{ a: number }>(books, ({ a }) => a < 5) };
		};

		it('hold small items for their bytes and their place', () => {
			const { shelf, saved } = shelfOf();
			expect(shelf.take(DIGEST, 2)).toEqual({ a: 1 });
			expect([shelf.take('other', 2), shelf.take(DIGEST, 3)]).toEqual([undefined, undefined]);
			shelf.put('d', 3, { a: 4 });
			shelf.put('d', 4, { a: 5 });
			expect(Object.keys(saved().delivered)).toEqual(['2', '3']);
			const taken = shelf.take('d', 3);
			if (taken !== undefined) taken.a = 9;
			expect(shelf.take('d', 3)).toEqual({ a: 4 });
			shelf.clear();
			expect(shelf.take('d', 3)).toBeUndefined();
		});

		it('give each item once, and take none, where n8n takes them over', () => {
			const { shelf, books } = shelfOf();
			const { takeOnly } = shelf;
			takeOnly.put('d', 3, { a: 1 });
			expect(takeOnly.take('d', 3)).toBeUndefined();
			expect(takeOnly.take('other', 2)).toBeUndefined();
			expect(books.delivered.size).toBe(1);
			expect(takeOnly.take(DIGEST, 2)).toEqual({ a: 1 });
			expect([takeOnly.take(DIGEST, 2), books.delivered.size]).toEqual([undefined, 0]);
		});
	});
});
