import { Ledger } from '../../../nodes/Sats4Ai/purchase/books/ledger';
import { DIGEST, openPurchase, paidPurchase } from '../openPurchases';
import { Process, stateOf } from './process';

const FAMILY = 'f'.repeat(16);
const HASH = openPurchase().paymentHash;
const OTHER = 'cd'.repeat(32);
const order = { url: 'https://service.example/', json: '{}' };
const wanted = { digest: DIGEST, itemIndex: 0, buyer: 'b0b0' };

describe('a new purchase', () => {
	it('is written down, reserved and held in one step', () => {
		const one = new Process();
		const ledger = one.ledger();
		const purchase = openPurchase({ family: ledger.family.id });
		expect(ledger.begin(purchase, order, null)).toBe('begun');
		expect(ledger.get(HASH)).toEqual(purchase);
		expect(one.memory.get(HASH)).toEqual(purchase);
		expect(ledger.family.committedMsat).toBe(7_000n);
		expect(ledger.family.mayFreeUp).toBe(true);
		expect(ledger.standingOf(HASH)).toBe('busy');
		expect(ledger.orders.orderOf(HASH)).toEqual(order);
		expect(ledger.orders.orderOf(OTHER)).toBeUndefined();
		expect(one.saved?.open[HASH]).toEqual(purchase);
		ledger.release(HASH);
		expect([ledger.family.mayFreeUp, ledger.standingOf(HASH)]).toEqual([false, 'free']);
	});

	it('fits into the budget to the last thousandth', () => {
		const ledger = new Process().ledger();
		const purchase = openPurchase({ family: ledger.family.id });
		expect(ledger.begin(purchase, order, 6_999n)).toBe('overBudget');
		expect(ledger.get(HASH)).toBeUndefined();
		expect(ledger.begin(purchase, order, 7_000n)).toBe('begun');
		const next = openPurchase({ paymentHash: OTHER, itemIndex: 1, family: ledger.family.id });
		expect(ledger.begin(next, order, 13_999n)).toBe('overBudget');
		expect(ledger.begin(next, order, 14_000n)).toBe('begun');
	});

	it('has an invoice that nobody has used', () => {
		const one = new Process();
		const ledger = one.ledger();
		ledger.begin(openPurchase(), order, null);
		expect(ledger.begin(openPurchase({ itemIndex: 1 }), order, null)).toBe('taken');
		ledger.close(paidPurchase(), 'delivered');
		expect(ledger.begin(openPurchase({ itemIndex: 1 }), order, null)).toBe('taken');
		expect(
			new Process().ledger(openPurchase()).begin(openPurchase({ itemIndex: 1 }), order, null),
		).toBe('taken');
	});

	it('has no invoice of our own, which a refund is paid to', () => {
		const ledger = new Process().ledger();
		ledger.refundBook.enter(OTHER, 'https://a.example/', HASH);
		expect(ledger.begin(openPurchase(), order, null)).toBe('taken');
		expect(ledger.get(HASH)).toBeUndefined();
	});

	it('is not begun with an invoice that somebody redeems by hand', () => {
		const one = new Process();
		one.memory.holds.take(HASH, { execution: {}, comesBack: () => false });
		const ledger = one.ledger();
		expect(ledger.begin(openPurchase(), order, null)).toBe('taken');
		expect(ledger.family.committedMsat).toBe(0n);
	});

	it('may have an invoice again that was proven unpaid', () => {
		const one = new Process();
		const ledger = one.ledger();
		const purchase = openPurchase({ family: ledger.family.id });
		ledger.begin(purchase, order, null);
		ledger.close(purchase, 'unpaid');
		expect([ledger.family.committedMsat, one.memory.knows(HASH)]).toEqual([0n, false]);
		expect(one.memory.fateOf(HASH)).toBe('unpaid');
		expect(ledger.begin(purchase, order, null)).toBe('begun');
		expect(one.memory.fateOf(HASH)).toBeUndefined();
	});
});

describe('what is open', () => {
	it('is found and held for its item', () => {
		const ledger = new Process().ledger(openPurchase());
		expect(ledger.find(wanted)).toEqual({ status: 'held', purchase: openPurchase() });
		expect(ledger.family.mayFreeUp).toBe(true);
		// Two equal items are two purchases.
		expect(ledger.find({ ...wanted, itemIndex: 1 })).toEqual({ status: 'none' });
		ledger.release(HASH);
		expect(ledger.find({ ...wanted, itemIndex: 1 })).toEqual({ status: 'none' });
		expect(ledger.find(wanted)).toMatchObject({ status: 'held' });
	});

	it('is not waited for by others where it is paid', () => {
		const ledger = new Process().ledger(paidPurchase());
		expect(ledger.find(wanted)).toEqual({ status: 'held', purchase: paidPurchase() });
		expect(ledger.family.mayFreeUp).toBe(false);
	});

	it('is another order to another item', () => {
		const ledger = new Process().ledger(openPurchase());
		expect(ledger.find({ ...wanted, digest: 'other' })).toEqual({ status: 'none' });
	});

	it('is its own first, then what was open for another item', () => {
		const [first, second] = [openPurchase({ itemIndex: 4 }), openPurchase({ paymentHash: OTHER })];
		const ledger = new Process().ledger(first, second);
		expect(ledger.find(wanted)).toMatchObject({ purchase: { paymentHash: OTHER } });
		expect(ledger.find({ ...wanted, itemIndex: 7 })).toMatchObject({ purchase: first });
	});

	it('is found in another execution of the same buyer, and of no other', () => {
		const one = new Process();
		const earlier = one.ledger();
		const purchase = openPurchase({ family: earlier.family.id });
		earlier.begin(purchase, order, null);
		earlier.release(HASH);
		expect(one.ledger().find({ ...wanted, buyer: 'eeee' })).toEqual({ status: 'none' });
		const later = one.ledger();
		expect(later.find(wanted)).toEqual({ status: 'held', purchase });
		expect(later.family.committedMsat).toBe(0n);
	});

	it('is waited for where a run of another execution is between two tries of it', () => {
		const one = new Process();
		const earlier = one.execution();
		const run = earlier.run();
		earlier.back.comes = true;
		const purchase = openPurchase({ family: run.family.id });
		run.begin(purchase, order, null);
		run.release(HASH);
		expect(one.ledger().find(wanted)).toEqual({ status: 'elsewhere', purchase });
		earlier.back.comes = false;
		expect(one.ledger().find(wanted)).toEqual({ status: 'held', purchase });
	});

	it('is let go at once by a run that has no other tries', () => {
		const one = new Process();
		const run = new Ledger(one.execution().books, { elapsedMs: () => 0 });
		run.begin(openPurchase({ family: run.family.id }), order, null);
		run.release(HASH);
		expect(one.ledger().find(wanted)).toMatchObject({ status: 'held' });
	});

	it('is taken in its newest version', () => {
		const one = new Process();
		one.memory.put(paidPurchase());
		expect(one.ledger(openPurchase()).find(wanted)).toMatchObject({ purchase: paidPurchase() });
	});

	it('counts for nothing where the process knows that it is unpaid, or has come back', () => {
		for (const fate of ['unpaid', 'refunded'] as const) {
			const one = new Process();
			one.memory.close(openPurchase(), fate, '');
			const ledger = one.ledger(openPurchase());
			expect(ledger.find(wanted)).toEqual({ status: 'none' });
			expect([ledger.get(HASH), one.saved?.open]).toEqual([undefined, {}]);
		}
	});

	it('is not bought again where another attempt has delivered it', () => {
		const one = new Process();
		one.memory.close(paidPurchase(), 'delivered', '');
		const ledger = one.ledger(openPurchase());
		expect(ledger.find(wanted)).toEqual({ status: 'delivered', purchase: openPurchase() });
		// Another item is to have a picture of its own.
		expect(ledger.find({ ...wanted, itemIndex: 1 })).toEqual({ status: 'none' });
	});

	it('is what an earlier try of the run has begun for the item, whatever it was for', () => {
		const ledger = new Process().ledger();
		const purchase = openPurchase({ family: ledger.family.id });
		ledger.begin(purchase, order, null);
		ledger.release(HASH);
		expect(ledger.find({ ...wanted, digest: 'other' })).toEqual({ status: 'held', purchase });
		ledger.release(HASH);
		expect(ledger.find({ ...wanted, digest: 'other', itemIndex: 1 })).toEqual({ status: 'none' });
	});

	it('of some other buyer stays out of the memory', () => {
		const one = new Process();
		const foreign = openPurchase({ buyer: 'eeee' });
		const ledger = one.ledger(foreign);
		expect(ledger.find(wanted)).toEqual({ status: 'held', purchase: foreign });
		ledger.update(HASH, { imageUrl: 'https://a.example/p' });
		expect(ledger.get(HASH)?.imageUrl).toBe('https://a.example/p');
		expect(one.memory.get(HASH)).toBeUndefined();
		const known = new Process();
		known.memory.put(foreign);
		const knowing = known.ledger(foreign);
		knowing.find(wanted);
		knowing.update(HASH, { imageUrl: 'https://a.example/p' });
		expect(known.memory.get(HASH)?.imageUrl).toBe('https://a.example/p');
	});

	it('is found by its buyer in the memory once it was found in saved books', () => {
		const one = new Process();
		one.ledger(openPurchase()).find(wanted);
		expect(one.memory.get(HASH)).toEqual(openPurchase());
	});
});

describe('two attempts at the same execution', () => {
	/** Both begin with the same books; the first has begun to buy. */
	const both = (runIndex: number | null = 0) => {
		const one = new Process();
		const state = stateOf();
		const [first, second] = [one.execution(state), one.execution(state)];
		const [begun, other] = [first.run(runIndex), second.run(runIndex)];
		const purchase = openPurchase({ family: FAMILY });
		begun.begin(purchase, order, null);
		return { one, first, begun, other, purchase };
	};

	it('do not buy the same twice while one works on it', () => {
		const { other, purchase } = both();
		expect(other.find(wanted)).toEqual({ status: 'elsewhere', purchase });
		const again = openPurchase({ paymentHash: OTHER });
		expect(other.begin(again, order, null)).toBe('elsewhere');
		expect(other.get(OTHER)).toBeUndefined();
		expect(other.begin({ ...again, itemIndex: 1 }, order, null)).toBe('begun');
	});

	it('nor when it has delivered it', () => {
		const { begun, other, purchase } = both();
		begun.close(purchase, 'delivered');
		expect(other.find(wanted)).toEqual({ status: 'delivered', purchase });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('elsewhere');
	});

	it('buy anew what has come back', () => {
		const { begun, other, purchase } = both();
		begun.close(purchase, 'refunded');
		expect(other.find(wanted)).toEqual({ status: 'none' });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('and what was proven unpaid', () => {
		const { begun, other, purchase } = both();
		begun.close(purchase, 'unpaid');
		expect(other.find(wanted)).toEqual({ status: 'none' });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('finish what one has left open, and begin nothing beside it', () => {
		const { begun, other, purchase } = both();
		begun.release(HASH);
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('elsewhere');
		expect(other.find(wanted)).toEqual({ status: 'held', purchase });
	});

	it('wait for what the other is between two tries of', () => {
		const { first, begun, other, purchase } = both();
		first.back.comes = true;
		begun.release(HASH);
		expect(other.find(wanted)).toEqual({ status: 'elsewhere', purchase });
	});

	it('begin nothing anew where the other has, though the first purchase was unpaid', () => {
		const one = new Process();
		const state = stateOf(openPurchase());
		const [first, second] = [one.execution(state).run(), one.execution(state).run()];
		first.find(wanted);
		first.close(openPurchase(), 'unpaid');
		const next = openPurchase({ paymentHash: OTHER });
		expect(first.begin(next, order, null)).toBe('begun');
		second.close(openPurchase(), 'unpaid');
		expect(second.find(wanted)).toEqual({ status: 'elsewhere', purchase: next });
	});

	it('buy nothing beside what one has taken up of an earlier execution, until that is over', () => {
		const one = new Process();
		// Of another family, and known to the process alone.
		one.memory.put(openPurchase({ itemIndex: 5 }));
		const state = stateOf();
		const [first, second] = [one.execution(state).run(), one.execution(state).run()];
		const purchase = openPurchase({ itemIndex: 5 });
		expect(first.find(wanted)).toEqual({ status: 'held', purchase });
		expect(second.find(wanted)).toEqual({ status: 'elsewhere', purchase });
		const next = openPurchase({ paymentHash: OTHER });
		expect(second.begin(next, order, null)).toBe('elsewhere');
		// Two equal items of two executions are two purchases.
		const third = one.execution(stateOf()).run();
		expect(one.execution().run().find(wanted)).toEqual({ status: 'none' });
		expect(third.find({ ...wanted, itemIndex: 1 })).toEqual({ status: 'none' });
		first.release(HASH);
		expect(second.find(wanted)).toEqual({ status: 'held', purchase });
		second.close(purchase, 'unpaid');
		expect(second.begin(next, order, null)).toBe('begun');
	});

	it('begin for an item what another item has taken over', () => {
		const { begun, other } = both();
		begun.release(HASH);
		expect(other.find({ ...wanted, itemIndex: 1 })).toMatchObject({ status: 'held' });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('begin beside what is open of a stranger', () => {
		const { one, begun, other, purchase } = both();
		begun.close(purchase, 'unpaid');
		one.memory.put(openPurchase({ paymentHash: 'ee'.repeat(32), family: 'stranger' }));
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('know nothing of each other where one run buys many times for an item', () => {
		const { begun, other, purchase } = both(null);
		begun.close(purchase, 'delivered');
		expect(other.find(wanted)).toEqual({ status: 'none' });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('leave the item of another run of the node alone', () => {
		const one = new Process();
		const state = stateOf();
		const [first, second] = [one.execution(state), one.execution(state)];
		first.run(0).begin(openPurchase({ family: FAMILY }), order, null);
		const other = second.run(1);
		expect(other.find(wanted)).toEqual({ status: 'none' });
		expect(other.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});

	it('that come from each other are one', () => {
		const one = new Process();
		const first = one.execution(stateOf()).run();
		first.begin(openPurchase({ family: FAMILY }), order, null);
		first.close(paidPurchase({ family: FAMILY }), 'delivered');
		const retry = one.execution(one.saved).run();
		expect(retry.find(wanted)).toEqual({ status: 'none' });
		expect(retry.begin(openPurchase({ paymentHash: OTHER }), order, null)).toBe('begun');
	});
});

describe('the end of a purchase', () => {
	it('spends what it took, once', () => {
		const one = new Process();
		const { books, run } = one.execution(stateOf(openPurchase()));
		const ledger = run();
		expect(ledger.family.committedMsat).toBe(7_000n);
		ledger.find(wanted);
		ledger.put(paidPurchase());
		ledger.close(paidPurchase(), 'delivered');
		expect([ledger.family.committedMsat, ledger.family.spentBy(books.attempt)]).toEqual([
			5_500n,
			5_500n,
		]);
		expect(one.saved).toMatchObject({ spentMsat: '5500', open: {} });
		ledger.close(paidPurchase(), 'delivered');
		expect(ledger.family.committedMsat).toBe(5_500n);
		expect(ledger.standingOf(HASH)).toBe('over');
	});

	it('changes nothing that was closed', () => {
		const one = new Process();
		const ledger = one.ledger(openPurchase());
		ledger.update(OTHER, { imageUrl: 'x' });
		expect([ledger.get(OTHER), Object.keys(one.saved?.open ?? {})]).toEqual([undefined, [HASH]]);
		one.memory.close(paidPurchase(), 'delivered', '');
		ledger.update(HASH, { imageUrl: 'x' });
		expect(ledger.get(HASH)).toEqual(openPurchase());
	});

	it('forgets what was ordered with it', () => {
		const ledger = new Process().ledger();
		ledger.begin(openPurchase(), order, null);
		ledger.close(paidPurchase(), 'delivered');
		expect(ledger.orders.orderOf(HASH)).toBeUndefined();
	});
});

describe('what was paid elsewhere', () => {
	it('is adopted, unless somebody has it, or it is over', () => {
		const one = new Process();
		const ledger = one.ledger();
		expect(ledger.adopt(paidPurchase())).toBe(true);
		expect(ledger.get(HASH)).toEqual(paidPurchase());
		expect(one.ledger().adopt(paidPurchase())).toBe(false);
		ledger.release(HASH);
		ledger.close(paidPurchase(), 'delivered');
		expect(ledger.adopt(paidPurchase())).toBe(false);
		expect(ledger.get(HASH)).toBeUndefined();
	});

	it('is taken over into the budget before it may be paid', () => {
		const one = new Process();
		const earlier = one.ledger();
		const purchase = openPurchase({ family: earlier.family.id });
		earlier.begin(purchase, order, null);
		earlier.release(HASH);
		const ledger = one.ledger();
		expect(ledger.takeOver(purchase, 6_999n)).toBe(false);
		expect([earlier.family.committedMsat, ledger.family.committedMsat]).toEqual([7_000n, 0n]);
		expect(ledger.takeOver(purchase, 7_000n)).toBe(true);
		expect([earlier.family.committedMsat, ledger.family.committedMsat]).toEqual([0n, 7_000n]);
		expect(ledger.get(HASH)).toEqual({ ...purchase, family: ledger.family.id });
	});

	it('needs no more of the budget that it is in', () => {
		const ledger = new Process().ledger(openPurchase());
		expect(ledger.takeOver(openPurchase(), 7_000n)).toBe(true);
		expect(ledger.takeOver(openPurchase(), 6_999n)).toBe(false);
		expect(ledger.takeOver(openPurchase(), null)).toBe(true);
		expect(ledger.family.committedMsat).toBe(7_000n);
	});
});
