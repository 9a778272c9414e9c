import type { ContenderName } from '../contenders/contender';
import type { Bought } from '../contenders/contenderProcess';
import type { BinaryMode } from '../engine/binaryData';

/** One set of circumstances to compare the contenders in. */
export interface Cell {
	readonly pictureBytes: number;
	readonly items: number;
	readonly concurrency: number;
	readonly serverMs: number;
	readonly binary: BinaryMode;
	/** How often each contender runs. */
	readonly rounds: number;
	readonly contenders: readonly ContenderName[];
}

/** A cell with what each round of each contender took, in the order of rounds. */
export interface TimedCell extends Cell {
	readonly taken: Readonly<Partial<Record<ContenderName, readonly Bought[]>>>;
}

/** `1 MB × 100, 10 at once, server 200 ms`. */
export function cellTitle(cell: Cell): string {
	const { pictureBytes, items, concurrency, serverMs, binary } = cell;
	const atOnce = items === 1 ? '' : `, ${concurrency} at once`;
	const inMemory = binary === 'memory' ? ', binary data in memory' : '';
	return `${sizeText(pictureBytes)} × ${items}${atOnce}, server ${serverMs} ms${inMemory}`;
}

export function sizeText(bytes: number): string {
	return bytes < 1_000_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000_000} MB`;
}
