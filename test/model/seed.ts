/**
 * The seed of the random schedules: the same each time, so that a change is judged by the same
 * ones. `MODEL_SEED=random npm test` looks further; `MODEL_SEED=<number>` repeats a finding.
 */
export function modelSeed(): number {
	const wanted = process.env.MODEL_SEED ?? '';
	if (wanted === 'random') return Date.now() % 2 ** 31;
	return /^\d+$/.test(wanted) ? Number(wanted) : 402;
}
