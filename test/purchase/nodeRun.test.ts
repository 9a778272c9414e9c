import { ExecutionBooks } from '../../nodes/Sats4Ai/purchase/books/executionBooks';
import { Ledger } from '../../nodes/Sats4Ai/purchase/books/ledger';
import type { LedgerState } from '../../nodes/Sats4Ai/purchase/books/ledgerState';
import { PurchaseMemory } from '../../nodes/Sats4Ai/purchase/books/purchaseMemory';
import { SavedShelf } from '../../nodes/Sats4Ai/purchase/books/shelf';
import { NodeRun } from '../../nodes/Sats4Ai/purchase/nodeRun';
import { PurchaseFailure } from '../../nodes/Sats4Ai/purchase/report/failure';
import { Slots } from '../../nodes/Sats4Ai/purchase/slots';
import type { TryTerms } from '../../nodes/Sats4Ai/purchase/try';
import { NOW } from './openPurchases';

interface Item {
	name: string;
}

/** Work that ends when it is told to. */
function held<Result>() {
	let end: (result: Result) => void = () => undefined;
	let fail: (cause: Error) => void = () => undefined;
	const ended = new Promise<Result>((resolve, reject) => {
		[end, fail] = [resolve, reject];
	});
	return {
		work: async () => await ended,
		end: (result: Result) => end(result),
		fail: (cause: Error) => fail(cause),
	};
}
const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));

describe('slots', () => {
	it.each([
		[2, 2],
		[1, 1],
		[2.9, 2],
		[0, 1],
		[-3, 1],
	])('of width %d let %d in at once, in their order', async (width, most) => {
		const slots = new Slots(width);
		const works = [held<number>(), held<number>(), held<number>()];
		const begun: number[] = [];
		const runs = works.map(
			async ({ work }, index) =>
				await slots.run(async () => {
					begun.push(index);
					return await work();
				}),
		);
		await settled();
		expect(begun).toEqual([0, 1, 2].slice(0, most));
		works[0]?.end(10);
		await settled();
		expect(begun).toEqual([0, 1, 2].slice(0, most + 1));
		works[1]?.end(11);
		works[2]?.end(12);
		expect(await Promise.all(runs)).toEqual([10, 11, 12]);
	});

	it('are given on however the work ends, and are free again after it', async () => {
		const slots = new Slots(1);
		const [first, second] = [held<string>(), held<string>()];
		const failed = slots.run(first.work);
		const next = slots.run(second.work);
		first.fail(new Error('odd'));
		await expect(failed).rejects.toThrow('odd');
		second.end('fine');
		expect(await next).toBe('fine');
		expect(await slots.run(async () => 'again')).toBe('again');
	});
});

/** A run of two items, the second of which waits for the first. */
function runOf(
	change: Partial<TryTerms> = {},
	sharedSlots: ((width: number) => Slots) | null = null,
) {
	const time = { elapsed: 0 };
	let saved: LedgerState | null = null;
	const books = new ExecutionBooks(null, new PurchaseMemory(() => NOW), (copy) => {
		saved = copy;
	});
	let comesBack = () => false;
	const run = new NodeRun<Item>(
		(asks) => {
			comesBack = asks;
			return new Ledger(books, { elapsedMs: () => time.elapsed }, 0, asks);
		},
		new SavedShelf<Item>(books, () => true),
		{ elapsedMs: () => time.elapsed },
		sharedSlots,
	);
	const terms: TryTerms = {
		concurrency: 1,
		stopsOnFailure: true,
		items: 2,
		tries: { most: 2, pauseMs: 1_000 },
		cancelled: () => false,
		...change,
	};
	return {
		run,
		time,
		books,
		start: (...items: number[]) => items.forEach((item) => run.start(item, () => terms)),
		comesBack: () => comesBack(),
		saved: () => saved,
	};
}
const make = (name: string) => async () => ({ name });
const fail = async () => await Promise.reject(new Error('odd'));
const outcome = async (work: Promise<unknown>) =>
	await work.then(
		() => 'delivered',
		(cause: unknown) => (cause instanceof PurchaseFailure ? cause.report : 'failed'),
	);

describe('a run', () => {
	it('admits items in their order, and counts them as at work', async () => {
		const { run, start } = runOf();
		start(0, 1);
		const first = held<Item>();
		const begun: number[] = [];
		const one = run.takeTurn(0, first.work);
		const other = run.takeTurn(1, async () => {
			begun.push(1);
			return { name: 'b' };
		});
		await settled();
		expect([begun, run.ledger.family.isAtWork]).toEqual([[], true]);
		first.end({ name: 'a' });
		expect(await Promise.all([one, other])).toEqual([{ name: 'a' }, { name: 'b' }]);
		expect(run.ledger.family.isAtWork).toBe(false);
	});

	it('starts no item after one has failed', async () => {
		const { run, start } = runOf();
		start(0, 1);
		expect(await outcome(run.takeTurn(0, fail))).toBe('failed');
		expect(await outcome(run.takeTurn(1, make('b')))).toEqual({
			code: 'CANCELLED',
			spent: 'no',
			message: 'Not started, because another item of this run had failed',
			hint: "Nothing was paid for this item. Run again, or switch on 'Continue On Fail'.",
		});
		expect(run.ledger.family.isAtWork).toBe(false);
	});

	it('starts it all the same with Continue On Fail', async () => {
		const { run, start } = runOf({ stopsOnFailure: false });
		start(0, 1);
		expect(await outcome(run.takeTurn(0, fail))).toBe('failed');
		expect(await run.takeTurn(1, make('b'))).toEqual({ name: 'b' });
	});

	it('gives what an earlier try has delivered, each time as a copy', async () => {
		const { run, start } = runOf();
		start(0, 1);
		const given = await run.takeTurn(0, make('a'));
		given.name = 'changed by n8n';
		expect(await outcome(run.takeTurn(1, fail))).toBe('failed');
		start(0, 1);
		expect(await run.takeTurn(0, make('bought twice'))).toEqual({ name: 'a' });
		expect(await run.takeTurn(1, make('b'))).toEqual({ name: 'b' });
	});

	it('does not begin an item a second time that is still in work', async () => {
		const { run, start } = runOf();
		start(0);
		const first = held<Item>();
		const one = run.takeTurn(0, first.work);
		await settled();
		start(0);
		const again = run.takeTurn(0, make('bought twice'));
		first.end({ name: 'a' });
		expect(await Promise.all([one, again])).toEqual([{ name: 'a' }, { name: 'a' }]);
	});

	it('begins an item anew that has failed', async () => {
		const { run, start } = runOf();
		start(0);
		expect(await outcome(run.takeTurn(0, fail))).toBe('failed');
		start(0);
		expect(await run.takeTurn(0, make('a'))).toEqual({ name: 'a' });
	});

	it('begins a new try where an item does not come after the one before', async () => {
		const { run, start } = runOf({ items: 1 });
		start(3);
		expect(await outcome(run.takeTurn(3, fail))).toBe('failed');
		start(4);
		expect(await outcome(run.takeTurn(4, make('b')))).toMatchObject({ code: 'CANCELLED' });
		start(4);
		expect(await outcome(run.takeTurn(4, make('b')))).toBe('delivered');
	});

	it('waits until all items have started', async () => {
		const { run, start } = runOf();
		const heard: number[] = [];
		start(0);
		const one = run.allStarted().then(() => heard.push(0));
		await settled();
		expect(heard).toEqual([]);
		start(1);
		const other = run.allStarted().then(() => heard.push(1));
		await Promise.all([one, other]);
		expect(heard).toEqual([0, 1]);
	});

	it('has room again with a new try, unless it is a part of a larger run', () => {
		const { run, start } = runOf();
		run.ledger.family.storingFails = true;
		start(0);
		expect(run.ledger.family.storingFails).toBe(false);
		run.ledger.family.storingFails = true;
		start(1);
		expect(run.ledger.family.storingFails).toBe(true);
		const part = runOf({}, () => new Slots(1));
		part.run.ledger.family.storingFails = true;
		part.start(0);
		expect(part.run.ledger.family.storingFails).toBe(true);
	});

	it('shares the slots of the larger run that it is a part of', async () => {
		const shared = new Slots(1);
		const widths: number[] = [];
		const { run, start } = runOf({ concurrency: 5 }, (width) => {
			widths.push(width);
			return shared;
		});
		start(0);
		const other = held<string>();
		const others = shared.run(other.work);
		const begun: number[] = [];
		const turn = run.takeTurn(0, async () => {
			begun.push(0);
			return { name: 'a' };
		});
		await settled();
		expect([begun, widths]).toEqual([[], [5]]);
		other.end('over');
		expect([await others, await turn]).toEqual(['over', { name: 'a' }]);
	});

	it('has as many at once as it is told', async () => {
		const { run, start } = runOf({ concurrency: 2 });
		start(0, 1);
		const works = [held<Item>(), held<Item>()];
		let begun = 0;
		const turns = works.map(
			async ({ work }, index) =>
				await run.takeTurn(index, async () => {
					begun += 1;
					return await work();
				}),
		);
		await settled();
		expect(begun).toBe(2);
		works.forEach(({ end }) => end({ name: 'x' }));
		await Promise.all(turns);
	});
});

describe('the shelf of a run', () => {
	it('is saved where a failure would throw its items away, and cleared when all are delivered', async () => {
		const { run, start, books } = runOf();
		start(0, 1);
		run.shelf.put('d', 0, { name: 'a' });
		expect(books.delivered.size).toBe(1);
		await run.takeTurn(0, make('a'));
		expect(books.delivered.size).toBe(1);
		await run.takeTurn(1, make('b'));
		expect(books.delivered.size).toBe(0);
	});

	it('is kept after a failure', async () => {
		const { run, start, books } = runOf({ items: 1, concurrency: 2 });
		start(0, 1);
		run.shelf.put('d', 1, { name: 'b' });
		expect(await outcome(run.takeTurn(0, fail))).toBe('failed');
		run.start(0, () => ({
			concurrency: 1,
			stopsOnFailure: true,
			items: 3,
			tries: { most: 2, pauseMs: 0 },
			cancelled: () => false,
		}));
		await run.takeTurn(0, make('a'));
		expect(books.delivered.size).toBe(1);
	});

	it('is only taken from with Continue On Fail', async () => {
		const { run, start, books } = runOf({ stopsOnFailure: false, items: 1 });
		start(0);
		run.shelf.put('d', 0, { name: 'a' });
		expect(books.delivered.size).toBe(0);
		books.shelve(5, { digest: 'e', item: {} });
		await run.takeTurn(0, make('a'));
		expect(books.delivered.size).toBe(1);
	});

	it('of a run that has not begun is the saved one', () => {
		const { run, books } = runOf();
		run.shelf.put('d', 0, { name: 'a' });
		expect(books.delivered.size).toBe(1);
	});
});

describe('a run comes back', () => {
	it('after a failure, within the pause of n8n and ten seconds', async () => {
		const { run, start, time, comesBack } = runOf();
		start(0);
		expect(comesBack()).toBe(false);
		time.elapsed = 5_000;
		await outcome(run.takeTurn(0, fail));
		expect(comesBack()).toBe(true);
		time.elapsed = 5_000 + 10_999;
		expect(comesBack()).toBe(true);
		time.elapsed += 1;
		expect(comesBack()).toBe(false);
	});

	it('not where nothing has failed', async () => {
		const { run, start, comesBack } = runOf();
		start(0);
		await run.takeTurn(0, make('a'));
		expect(comesBack()).toBe(false);
	});

	it('as often as there are tries', async () => {
		const { run, start, comesBack } = runOf();
		start(0);
		await outcome(run.takeTurn(0, fail));
		start(0);
		await outcome(run.takeTurn(0, fail));
		expect(comesBack()).toBe(false);
	});

	it('not in a run that was stopped', async () => {
		const { run, start, comesBack } = runOf({ cancelled: () => true });
		start(0);
		await outcome(run.takeTurn(0, fail));
		expect(comesBack()).toBe(false);
	});

	it('with Continue On Fail only where its first item has failed', async () => {
		const later = runOf({ stopsOnFailure: false });
		later.start(0, 1);
		await later.run.takeTurn(0, make('a'));
		await outcome(later.run.takeTurn(1, fail));
		expect(later.comesBack()).toBe(false);
		const first = runOf({ stopsOnFailure: false });
		first.start(2, 3);
		await outcome(first.run.takeTurn(2, fail));
		expect(first.comesBack()).toBe(true);
	});

	it('however late, while an item is in work', async () => {
		const { run, start, time, comesBack } = runOf({ concurrency: 2 });
		start(0, 1);
		const other = held<Item>();
		const turn = run.takeTurn(1, other.work);
		await outcome(run.takeTurn(0, fail));
		time.elapsed = 1e9;
		expect(comesBack()).toBe(true);
		other.end({ name: 'b' });
		await turn;
		expect(comesBack()).toBe(true);
		time.elapsed += 11_000;
		expect(comesBack()).toBe(false);
	});

	it('not before it has begun', () => {
		expect(runOf().comesBack()).toBe(false);
	});
});
