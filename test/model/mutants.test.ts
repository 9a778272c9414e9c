import { isFullDepth, times } from '../depth';
import { modelOf } from './mutate';
import { mutants } from './mutants';

const SEED = 5;
const MOST_SCHEDULES = 8_000;

/** The model test is only worth its name if it notices these. */
describe('The model test has teeth', () => {
	it('finds nothing in the sources as they are', async () => {
		const violate = await modelOf(null);
		expect(await violate(times(200, 50), SEED, false)).toBeNull();
	}, 300_000);

	it.each(mutants.map((mutant) => [mutant.mistake, mutant] as const))(
		'notices: %s',
		async (_, mutant) => {
			const violate = await modelOf(mutant);
			const seed = mutant.seed ?? SEED;
			// At full depth it must be met among all the schedules before it.
			const known = isFullDepth() ? undefined : mutant.foundBy;
			const atOnce = known === undefined ? null : await violate(1, seed, false, known);
			const found = atOnce ?? (await violate(MOST_SCHEDULES, seed, false));
			expect(found).toEqual(expect.any(String));
		},
		600_000,
	);
});
