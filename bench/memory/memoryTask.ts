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

/**
 * Slots that work on one picture each; slots that take four pictures one after the other, which
 * shows what earlier ones leave uncollected; and the long run.
 */
export function memoryCases(isQuick: boolean): MemoryCase[] {
	const slot = (pictureBytes: number, concurrency: number, turns: number) => ({
		pictureBytes,
		concurrency,
		items: turns * concurrency,
	});
	const long = { pictureBytes: 1_000_000, items: 1_000, concurrency: 3 };
	const compared = isQuick
		? [slot(10_000_000, 1, 1)]
		: [
				slot(100_000, 1, 1),
				slot(1_000_000, 1, 1),
				slot(1_000_000, 10, 1),
				slot(10_000_000, 1, 1),
				slot(10_000_000, 3, 1),
				slot(10_000_000, 10, 1),
				long,
			];
	const contenders = isQuick ? (['sats4ai'] as const) : (['sats4ai', 'bare', 'ownHook'] as const);
	const own = isQuick ? [long] : [slot(10_000_000, 1, 4), slot(10_000_000, 3, 4)];
	return [
		...contenders.flatMap((contender) => compared.map((wanted) => ({ ...wanted, contender }))),
		...own.map((wanted) => ({ ...wanted, contender: 'sats4ai' as const })),
	];
}
