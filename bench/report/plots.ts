import type { ContenderName } from '../contenders/contender';
import { OWN_DECODER } from '../micro/decoders';
import { sizeText, type TimedCell } from '../timing/cell';
import { median } from '../timing/statistics';
import { barChart, type Bar } from './barChart';
import { timesMs } from './comparedGoals';
import type { Results } from './results';
import { TITLES } from './rows';

const COLORS: Readonly<Record<ContenderName, string>> = {
	sats4ai: '#d97a00',
	bare: '#9aa4ad',
	fileToFile: '#c9b458',
	ownHook: '#6b8fb3',
	lightningTools: '#7fae7c',
	httpRequestSteps: '#b58fb8',
	emptyNode: '#d5d9dc',
};

/** Pictures of the results, by file name. */
export function plots(results: Results): ReadonlyMap<string, string> {
	const cells = results.cells
		.filter(({ binary }) => binary === 'disk')
		.sort((a, b) => a.pictureBytes - b.pictureBytes || a.concurrency - b.concurrency);
	const single = (serverMs: number) =>
		cells.filter((cell) => cell.items === 1 && cell.serverMs === serverMs);
	const hundred = cells.filter(
		({ items, pictureBytes, serverMs }) =>
			items === 100 && pictureBytes === 1_000_000 && serverMs === 200,
	);
	return new Map([
		['one-picture.svg', timeChart('One picture, server 0 ms: median time', single(0), bySize)],
		[
			'one-picture-200ms.svg',
			timeChart('One picture, server 200 ms: median time', single(200), bySize),
		],
		['hundred-pictures.svg', timeChart('100 pictures of 1 MB, server 200 ms', hundred, byWidth)],
		['memory.svg', memoryChart(results)],
		['decoders.svg', decoderChart(results)],
	]);
}

const bySize = ({ pictureBytes }: TimedCell) => sizeText(pictureBytes);
const byWidth = ({ concurrency }: TimedCell) => `${concurrency} at once`;

function timeChart(
	title: string,
	cells: readonly TimedCell[],
	label: (cell: TimedCell) => string,
): string {
	const groups = new Map(cells.map((cell) => [label(cell), cell]));
	return barChart({
		title,
		sameScale: false,
		groups: [...groups].map(([name, cell]) => ({ label: name, bars: timeBars(cell) })),
	});
}

function timeBars(cell: TimedCell): Bar[] {
	const names = (Object.keys(TITLES) as ContenderName[]).filter(
		(name) => timesMs(cell, name).length > 0,
	);
	return names.map((name) => {
		const value = median(timesMs(cell, name));
		const text = `${value.toFixed(value < 100 ? 1 : 0)} ms`;
		return { label: TITLES[name], value, text, color: COLORS[name] };
	});
}

function memoryChart({ memory }: Results): string {
	const groups = new Map<string, Bar[]>();
	for (const { contender, pictureBytes, items, concurrency, peak } of memory) {
		// Of small pictures the ratio tells nothing, and four turns are for the table.
		if (items !== concurrency || pictureBytes < 1_000_000) continue;
		const value = peak.rss / pictureBytes / concurrency;
		const label = `${sizeText(pictureBytes)}, ${concurrency} at once`;
		const text = `${value.toFixed(1)} ×`;
		const bar = { label: TITLES[contender], value, text, color: COLORS[contender] };
		groups.set(label, [...(groups.get(label) ?? []), bar]);
	}
	return barChart({
		title: 'Peak memory above idle for each slot, in pictures; the goal is dashed',
		sameScale: false,
		mark: 4,
		groups: [...groups].map(([label, bars]) => ({ label, bars })),
	});
}

function decoderChart({ decodersUs }: Results): string {
	const bars = Object.entries(decodersUs).map(([name, value]) => ({
		label: name,
		value,
		text: `${value.toFixed(0)} µs`,
		color: name.startsWith(OWN_DECODER) ? COLORS.sats4ai : COLORS.ownHook,
	}));
	const groups = [{ label: 'median of one invoice', bars }];
	return barChart({ title: 'Decoding an invoice', sameScale: true, groups });
}
