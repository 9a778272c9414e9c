import { sleep } from 'n8n-workflow';
import type { Clock } from '../l402/clock';

/** How soon a pause notices that the run was stopped. */
const SLICE_MS = 250;

/** The clock of a run that the user may stop. */
export function n8nClock(cancelSignal: AbortSignal | undefined): Clock {
	const cancelled = () => cancelSignal?.aborted === true;
	return {
		now: () => Date.now(),
		elapsedMs: () => performance.now(),
		cancelled,
		sleep: async (ms) => {
			const endAt = performance.now() + ms;
			// n8n offers no sleep that ends with the run, hence the slices.
			for (let leftMs = ms; leftMs > 0 && !cancelled(); leftMs = endAt - performance.now()) {
				await sleep(Math.min(SLICE_MS, leftMs));
			}
		},
	};
}
