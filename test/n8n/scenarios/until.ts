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

/** Waits until n8n knows a webhook: from 2.x on it publishes workflows in its own time. */
export async function untilPublished(url: string): Promise<void> {
	await until(`a webhook at ${url}`, async () => {
		const { status } = await fetch(url);
		return status !== 404;
	});
}
