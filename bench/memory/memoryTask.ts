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

const SLOTS = [1, 3, 10] as const;
/** How many pictures go through each slot. */
const ITEMS_PER_SLOT = 4;
const SIZES = [100_000, 1_000_000, 10_000_000] as const;

/** One picture after the other in each slot; and the long run. */
export function memoryCases(isQuick: boolean): MemoryCase[] {
	const slots = isQuick ? ([1] as const) : SLOTS;
	const perSlot = (['sats4ai', 'bare', 'ownHook'] as const).flatMap((contender) =>
		(isQuick ? ([10_000_000] as const) : SIZES).flatMap((pictureBytes) =>
			slots.map((concurrency) => ({
				contender,
				pictureBytes,
				concurrency,
				items: ITEMS_PER_SLOT * concurrency,
			})),
		),
	);
	const long = { pictureBytes: 1_000_000, items: 1_000, concurrency: 3 };
	return [...perSlot, { ...long, contender: 'sats4ai' }, { ...long, contender: 'bare' }];
}
