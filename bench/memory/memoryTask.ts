import type { ContenderName } from '../contenders/contender';
import type { ServerUrls } from '../servers/settings';
import type { Memory } from './peakSampler';

/** Pictures bought while the memory is watched; binary data is on disk. */
export interface MemoryCase {
	readonly contender: ContenderName & ('sats4ai' | 'bare' | 'ownHook');
	readonly pictureBytes: number;
	readonly items: number;
	readonly concurrency: number;
}

export interface MemoryTask {
	readonly wanted: MemoryCase;
	readonly urls: ServerUrls;
}

/** In bytes above idle. */
export interface MemoryFigures extends MemoryCase {
	readonly idle: Memory;
	readonly peak: Memory;
	readonly after: Memory;
}

const SIZES = [100_000, 1_000_000, 10_000_000] as const;

/**
 * Slots that work on one picture each; slots that take four pictures one after the other, which
 * shows what earlier ones leave uncollected; and the long run.
 */
export function memoryCases(isQuick: boolean): MemoryCase[] {
	const slots = isQuick ? [1] : [1, 3, 10];
	const turns = isQuick ? [1] : [1, 4];
	const sizes = isQuick ? ([10_000_000] as const) : SIZES;
	const perSlot = (['sats4ai', 'bare', 'ownHook'] as const).flatMap((contender) =>
		sizes.flatMap((pictureBytes) =>
			slots.flatMap((concurrency) =>
				turns
					.filter((times) => times === 1 || contender === 'sats4ai')
					.map((times) => ({
						contender,
						pictureBytes,
						concurrency,
						items: times * concurrency,
					})),
			),
		),
	);
	const long = { pictureBytes: 1_000_000, items: 1_000, concurrency: 3 };
	const compared = isQuick ? (['sats4ai'] as const) : (['sats4ai', 'bare', 'ownHook'] as const);
	return [...perSlot, ...compared.map((contender) => ({ ...long, contender }))];
}
