import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something has happened. Throws with `what` where it does not. */
export async function until(
	what: string,
	hasHappened: () => boolean | Promise<boolean>,
	withinMs = 60_000,
): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!(await hasHappened())) {
		if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
		await wait(25);
	}
}
