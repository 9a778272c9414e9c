import type { ContenderName } from '../contenders/contender';
import type { Cell } from './cell';

const PAIR: readonly ContenderName[] = ['sats4ai', 'bare'];
const MAIN: readonly ContenderName[] = [...PAIR, 'ownHook', 'lightningTools'];
const FILES: readonly ContenderName[] = [...MAIN, 'fileToFile'];
const ALL: readonly ContenderName[] = [...FILES, 'httpRequestSteps', 'emptyNode'];

/** The cells that the goals speak of, with more rounds than others. */
export function goalCells(isQuick: boolean): Cell[] {
	const rounds = (quick: number, full: number) => (isQuick ? quick : full);
	const hook = isQuick ? ([...PAIR, 'ownHook', 'fileToFile'] as const) : ALL;
	return [
		cell(1_000_000, 1, 1, 200, rounds(9, 41), ALL),
		cell(1_000_000, 100, 10, 200, rounds(2, 5), hook),
		cell(10_000_000, 1, 1, 0, rounds(11, 41), ALL),
		cell(100_000, 100, 10, 0, rounds(5, 7), PAIR),
		cell(100_000, 1_000, 10, 0, rounds(1, 5), PAIR),
	];
}

/** The same where n8n keeps binary data inside the items, as n8n 1 does unless told otherwise. */
export function memoryCells(): Cell[] {
	return [
		cell(10_000_000, 1, 1, 0, 21, MAIN),
		cell(1_000_000, 1, 1, 200, 21, MAIN),
		cell(1_000_000, 100, 10, 200, 3, MAIN),
	].map((each) => ({ ...each, binary: 'memory' }));
}

/**
 * With the goals' cells, every size, number of items, concurrency and server time at least once,
 * and those together that belong together: the whole product would take a day.
 */
export function gridCells(): Cell[] {
	return [
		cell(100_000, 1, 1, 0, 21, ALL),
		cell(1_000_000, 1, 1, 0, 21, ALL),
		cell(100_000, 1, 1, 200, 11, ALL),
		cell(10_000_000, 1, 1, 200, 11, ALL),
		cell(1_000_000, 10, 3, 0, 5, ALL),
		cell(1_000_000, 10, 3, 200, 5, MAIN),
		cell(10_000_000, 10, 10, 0, 5, MAIN),
		cell(1_000_000, 100, 1, 0, 3, FILES),
		cell(1_000_000, 100, 3, 0, 3, FILES),
		cell(1_000_000, 100, 10, 0, 3, FILES),
		cell(1_000_000, 100, 1, 200, 3, FILES),
		cell(1_000_000, 100, 3, 200, 3, FILES),
		cell(10_000_000, 100, 3, 0, 3, FILES),
		cell(100_000, 1_000, 3, 0, 1, MAIN),
		cell(1_000_000, 1_000, 10, 200, 1, MAIN),
	];
}

function cell(
	pictureBytes: number,
	items: number,
	concurrency: number,
	serverMs: number,
	rounds: number,
	contenders: readonly ContenderName[],
): Cell {
	return { binary: 'disk', pictureBytes, items, concurrency, serverMs, rounds, contenders };
}
