import { Family } from '../../../nodes/Sats4Ai/purchase/books/family';
import { Holds, type Holder } from '../../../nodes/Sats4Ai/purchase/books/holds';
import { RunHolds } from '../../../nodes/Sats4Ai/purchase/books/runHolds';

const holder = (execution: object = {}): Holder & { back: boolean } => {
	const one = { execution, back: false, comesBack: () => one.back };
	return one;
};

describe('a purchase is held', () => {
	it('by one attempt at a time', () => {
		const holds = new Holds();
		const [a, b] = [holder(), holder()];
		expect(holds.isFreeFor('x', b)).toBe(true);
		expect(holds.take('x', a)).toBe(true);
		expect(holds.take('x', b)).toBe(false);
		// Another item of the same run.
		expect(holds.take('x', a)).toBe(false);
		expect(holds.size).toBe(1);
		holds.release('x', a);
		expect(holds.take('x', b)).toBe(true);
	});

	it('and let go by its holder alone', () => {
		const holds = new Holds();
		const [a, b] = [holder(), holder()];
		holds.take('x', a);
		holds.release('x', b);
		holds.release('y', b);
		expect([holds.take('x', b), holds.size]).toEqual([false, 1]);
		holds.drop('x');
		expect(holds.size).toBe(0);
		expect(holds.take('x', b)).toBe(true);
	});

	it('between two tries too, but for its holder', () => {
		const holds = new Holds();
		const [a, b] = [holder(), holder()];
		a.back = true;
		holds.take('x', a);
		expect(holds.isAwaited('x', b)).toBe(false);
		holds.release('x', a);
		expect([holds.isFreeFor('x', b), holds.isFreeFor('x', a)]).toEqual([false, true]);
		expect([holds.isAwaited('x', b), holds.isAwaited('x', a)]).toEqual([true, false]);
		expect(holds.isAwaited('y', b)).toBe(false);
		a.back = false;
		expect([holds.isFreeFor('x', b), holds.isAwaited('x', b)]).toEqual([true, false]);
	});

	it('elsewhere only where another execution has it', () => {
		const holds = new Holds();
		const execution = {};
		const [a, sibling, stranger] = [holder(execution), holder(execution), holder()];
		holds.take('x', a);
		expect(holds.isElsewhere('x', sibling)).toBe(false);
		expect(holds.isElsewhere('x', stranger)).toBe(true);
		expect(holds.isElsewhere('y', stranger)).toBe(false);
		holds.release('x', a);
		expect(holds.isElsewhere('x', stranger)).toBe(false);
		a.back = true;
		expect(holds.isElsewhere('x', stranger)).toBe(true);
	});

	it('no longer than somebody comes back to it', () => {
		const holds = new Holds();
		const [a, b] = [holder(), holder()];
		b.back = true;
		for (const name of ['working', 'left']) holds.take(name, a);
		holds.take('awaited', b);
		holds.release('left', a);
		holds.release('awaited', b);
		holds.sweep();
		expect(holds.size).toBe(2);
		expect(holds.isFreeFor('left', holder())).toBe(true);
		expect(holds.isFreeFor('working', holder())).toBe(false);
		expect(holds.isFreeFor('awaited', holder())).toBe(false);
	});
});

describe('the holds of a run', () => {
	const run = (runIndex: number | null = 0, holds = new Holds()) =>
		new RunHolds({}, holds, runIndex, () => false);

	it('say which item has what', () => {
		const holds = run();
		expect(holds.itemOf('x')).toBeUndefined();
		expect(holds.take('x', 3)).toBe(true);
		expect(holds.take('x', 4)).toBe(false);
		expect(holds.itemOf('x')).toBe(3);
		expect([holds.isBusy('x'), holds.isBusy('y')]).toEqual([true, false]);
		holds.release('x');
		expect([holds.isBusy('x'), holds.itemOf('x')]).toEqual([false, 3]);
		expect([holds.isFreeFor('x', 3), holds.isFreeFor('x', 4)]).toEqual([true, false]);
		holds.forget('x');
		expect(holds.itemOf('x')).toBeUndefined();
	});

	it('leave what another run has', () => {
		const shared = new Holds();
		const [one, other] = [run(0, shared), run(1, shared)];
		one.take('x', 0);
		expect([other.isFreeFor('x', 0), other.isElsewhere('x')]).toEqual([false, true]);
		expect(other.isAwaited('x')).toBe(false);
	});

	it('keep what was ordered, but for the picture', () => {
		const holds = run();
		const order = { url: 'u', json: '{}', image: 'large' };
		holds.noteOrder('x', order);
		expect(holds.orderOf('x')).toEqual({ url: 'u', json: '{}' });
		holds.forget('x');
		expect(holds.orderOf('x')).toBeUndefined();
	});

	it('tell an item from all others of its execution', () => {
		const wanted = { digest: 'd', itemIndex: 2, buyer: 'b' };
		expect(run(1).itemKey('f', wanted)).toBe('f 1 2 d');
		expect(run(0).itemKey('f', wanted)).toBe('f 0 2 d');
		expect(run(null).itemKey('f', wanted)).toBeNull();
	});
});

describe('the budget of an execution', () => {
	it('counts what is spent and what is reserved, each once', () => {
		const family = new Family('f');
		expect(family.id).toBe('f');
		family.reserve('x', 7_000n);
		family.reserve('y', 5_000n);
		expect(family.committedMsat).toBe(12_000n);
		family.reserve('x', 6_000n);
		expect(family.committedMsat).toBe(11_000n);
		family.free('y');
		family.free('y');
		expect(family.committedMsat).toBe(6_000n);
		family.spend('x', 5_500n, 'attempt');
		expect([family.committedMsat, family.spentBy('attempt')]).toEqual([5_500n, 5_500n]);
		family.spend('z', 500n, 'attempt');
		expect([family.committedMsat, family.spentBy('attempt')]).toEqual([6_000n, 6_000n]);
	});

	it('learns from saved books what was spent more, never that it was less', () => {
		const family = new Family('f');
		family.learn('a', 5_000n);
		family.learn('a', 4_000n);
		expect(family.committedMsat).toBe(5_000n);
		family.learn('a', 5_000n);
		expect(family.committedMsat).toBe(5_000n);
		family.learn('a', 8_000n);
		family.learn('b', 1_000n);
		expect(family.committedMsat).toBe(9_000n);
		expect([family.spentBy('a'), family.spentBy('c')]).toEqual([8_000n, 0n]);
	});

	it('is at work while one of its items is', () => {
		const family = new Family('f');
		expect([family.isAtWork, family.storingFails]).toEqual([false, false]);
		family.itemBegins();
		family.itemBegins();
		family.itemEnds();
		expect(family.isAtWork).toBe(true);
		family.itemEnds();
		expect(family.isAtWork).toBe(false);
	});

	it('may free up while a payment is under way, and says when one has ended', async () => {
		const family = new Family('f');
		expect(family.mayFreeUp).toBe(false);
		family.paymentBegins('x');
		expect(family.mayFreeUp).toBe(true);
		const heard: number[] = [];
		const waiting = [1, 2].map(async (who) => {
			await family.nextChange();
			heard.push(who);
		});
		expect(heard).toEqual([]);
		family.paymentEnds('x');
		await Promise.all(waiting);
		expect([heard, family.mayFreeUp]).toEqual([[1, 2], false]);
	});
});
