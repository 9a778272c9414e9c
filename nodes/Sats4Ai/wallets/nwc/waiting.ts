import type { WalletPorts } from '../wallet';

const SLICE_MS = 250;

/**
 * Waits until `read` gives something other than undefined, and returns it; undefined once time is
 * up or the run is cancelled. `read` is asked after everything that happens and four times a second.
 */
export async function waitFor<T>(
	read: () => T | undefined,
	happened: () => Promise<void>,
	timeoutMs: number,
	{ elapsedMs, sleep }: Pick<WalletPorts, 'elapsedMs' | 'sleep'>,
): Promise<T | undefined> {
	const endAt = elapsedMs() + timeoutMs;
	for (;;) {
		const value = read();
		if (value !== undefined) return value;
		const startedAt = elapsedMs();
		if (startedAt >= endAt) return undefined;
		const sliceMs = Math.min(SLICE_MS, endAt - startedAt);
		const woken = happened().then(() => true);
		const isWoken = await Promise.race([woken, sleep(sliceMs).then(() => false)]);
		// A sleep that ends early is the run being cancelled.
		if (!isWoken && elapsedMs() - startedAt < sliceMs / 2) return undefined;
	}
}
