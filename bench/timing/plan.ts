import type { ContenderName } from '../contenders/contender';
import type { Cell } from './cell';

export const SIZES = [100_000, 1_000_000, 10_000_000] as const;
const SERVER_MS = [0, 200] as const;

const MAIN: readonly ContenderName[] = ['sats4ai', 'bare', 'ownHook', 'lightningTools'];
const ALL: readonly ContenderName[] = [...MAIN, 'httpRequestSteps', 'emptyNode'];

const disk = { binary: 'disk' } as const;

/** The cells that the goals speak of. Those with 1 item have nothing to do at once. */
export function goalCells(isQuick: boolean): Cell[] {
	const rounds = (quick: number, full: number) => (isQuick ? quick : full);
	const single = { items: 1, concurrency: 1, contenders: ALL } as const;
	const many = { serverMs: 0, concurrency: 10, contenders: ['sats4ai', 'bare'] } as const;
	return [
		{ ...disk, ...single, pictureBytes: 1_000_000, serverMs: 200, rounds: rounds(11, 41) },
		{
			...disk,
			pictureBytes: 1_000_000,
			items: 100,
			concurrency: 10,
			serverMs: 200,
			contenders: isQuick ? ['sats4ai', 'bare', 'ownHook'] : ALL,
			rounds: rounds(3, 7),
		},
		{ ...disk, ...single, pictureBytes: 10_000_000, serverMs: 0, rounds: rounds(15, 41) },
		...[100, 1_000].map((items) => ({
			...disk,
			...many,
			items,
			pictureBytes: 100_000,
			rounds: rounds(items === 100 ? 5 : 2, 7),
		})),
	];
}

/** The same where n8n keeps binary data inside the items, as n8n 1 does unless told otherwise. */
export function memoryCells(isQuick: boolean): Cell[] {
	return goalCells(isQuick)
		.filter(({ pictureBytes }) => pictureBytes >= (isQuick ? 10_000_000 : 1_000_000))
		.map((cell) => ({ ...cell, binary: 'memory' }));
}

/** Every size, number of items, concurrency and server time, as far as an hour allows. */
export function gridCells(): Cell[] {
	const cells = SERVER_MS.flatMap((serverMs) =>
		SIZES.flatMap((pictureBytes) =>
			[1, 10, 100, 1_000].flatMap((items) =>
				(items === 1 ? [1] : [1, 3, 10]).map((concurrency) => ({
					...disk,
					pictureBytes,
					items,
					concurrency,
					serverMs,
					contenders: items <= 10 ? ALL : MAIN,
					rounds: { 1: 21, 10: 5, 100: 3, 1_000: 1 }[items] ?? 1,
				})),
			),
		),
	);
	return cells.filter((cell) => secondsOf(cell) <= LONGEST_SECONDS);
}

/** A cell that would take longer is left out; so are 1,000 pictures of 10 MB, 10 GB on disk. */
const LONGEST_SECONDS = 100;

/** About how long a cell takes, for the choice of cells alone. */
function secondsOf({ pictureBytes, items, concurrency, serverMs, rounds, contenders }: Cell) {
	if (pictureBytes * items > 2_000_000_000) return Infinity;
	const workMs = 3 + pictureBytes / 120_000;
	const itemMs = Math.max(workMs, (serverMs + workMs) / concurrency);
	return (itemMs * items * rounds * contenders.length) / 1_000;
}
