import type { WalletPorts } from '../wallet';

const SLICE_MS = 250;
/** So soon the rest is read, after other work has had its turn. */
const BUSY_SLICE_MS = 10;

/** Where things happen. */
export interface Source {
	/** Resolves when something happens next. */
	happened(): Promise<void>;
	/** Whether there is more to read that has come in already. */
	readonly isBusy: boolean;
}

/**
 * Waits until `read` gives something other than undefined, and returns it; undefined once time is
 * up or the run is stopped. `read` is asked after everything that happens and four times a second.
 */
export async function waitFor<T>(
	read: () => T | undefined,
	source: Source,
	timeoutMs: number,
	{ elapsedMs, sleep }: Pick<WalletPorts, 'elapsedMs' | 'sleep'>,
): Promise<T | undefined> {
	const endAt = elapsedMs() + timeoutMs;
	for (;;) {
		const value = read();
		if (value !== undefined) return value;
		const startedAt = elapsedMs();
		if (startedAt >= endAt) return undefined;
		const sliceMs = Math.min(source.isBusy ? BUSY_SLICE_MS : SLICE_MS, endAt - startedAt);
		const woken = source.happened().then(() => true);
		const isWoken = await Promise.race([woken, sleep(sliceMs).then(() => false)]);
		// A sleep that ends early is the run being stopped.
		if (!isWoken && elapsedMs() - startedAt < sliceMs / 2) return undefined;
	}
}
