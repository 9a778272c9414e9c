import { isFullDepth } from '../depth';
import { InvoicePool } from './invoicePool';
import { COMBINATIONS, exhaust, worlds } from './onePurchase';

const pool = InvoicePool.mint();
/** All, or a few of each kind: the number has no factor in common with that of any step's fates. */
const every = isFullDepth() ? 1 : 59;
const wanted = isFullDepth() ? worlds : worlds.slice(0, 1);

/** Not a sample, at full depth: whatever can go wrong once at each step of one purchase. */
describe('Money, under every combination of faults of one purchase', () => {
	it.each(wanted)(
		`keeps its rules in ${Math.ceil(COMBINATIONS / every)} of them: $name`,
		async (world) => {
			const { combinations, runs, broken } = await exhaust(world, pool, every);
			expect(broken).toEqual([]);
			expect(COMBINATIONS).toBe(100_800);
			expect(combinations).toBe(Math.ceil(COMBINATIONS / every));
			// Those left out differ in a step that was never taken.
			expect(runs).toBeGreaterThan(isFullDepth() ? 5_000 : 500);
		},
		1_800_000,
	);
});
