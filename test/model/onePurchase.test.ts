import { isFullDepth } from './depth';
import { InvoicePool } from './invoicePool';
import { COMBINATIONS, exhaust, worlds } from './onePurchase';

const pool = InvoicePool.mint();
/** By itself the first of them; all where random schedules are many, too. */
const wanted = isFullDepth() ? worlds : worlds.slice(0, 1);

/** Not a sample: whatever can go wrong once at each step of one purchase. */
describe('Money, under every combination of faults of one purchase', () => {
	it.each(wanted)(
		`keeps its rules in ${COMBINATIONS} of them: $name`,
		async (world) => {
			const { combinations, runs, broken } = await exhaust(world, pool);
			expect(broken).toEqual([]);
			expect(combinations).toBe(79_200);
			// Those left out differ in a step that was never taken.
			expect(runs).toBeGreaterThan(5_000);
		},
		1_800_000,
	);
});
