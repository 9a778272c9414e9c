import type { ContenderName } from '../contenders/contender';
import type { MemoryFigures } from '../memory/memoryTask';
import { SIGNATURE_CHECK } from '../micro/decoders';
import { cellTitle, sizeText, type TimedCell } from '../timing/cell';
import { median, medianRatio } from '../timing/statistics';
import { timesMs, type GoalLine } from './goals';
import type { Results } from './results';

type Rows = ReadonlyArray<readonly string[]>;

export const TITLES: Readonly<Record<ContenderName, string>> = {
	sats4ai: 'Sats4AI node',
	bare: 'bare exchange',
	fileToFile: 'file to file',
	ownHook: 'n8n hook by hand',
	lightningTools: 'fetch402',
	httpRequestSteps: 'HTTP Request steps',
	emptyNode: 'empty node',
};

export function goalRows(lines: readonly GoalLine[]): Rows {
	return [
		['', 'goal', 'measured', ''],
		...lines.map(({ what, goal, figure, isMet }) => [what, goal, figure, isMet ? 'met' : 'missed']),
	];
}

/** Medians in ms, and in brackets what that is times the bare exchange. */
export function cellRows(cells: readonly TimedCell[]): Rows {
	const names = Object.keys(TITLES) as ContenderName[];
	const shown = names.filter((name) => cells.some(({ taken }) => taken[name] !== undefined));
	return [
		['medians in ms (÷ bare exchange)', ...shown.map((name) => TITLES[name])],
		...cells.map((cell) => [cellTitle(cell), ...shown.map((name) => timeText(cell, name))]),
	];
}

function timeText(cell: TimedCell, name: ContenderName): string {
	const times = timesMs(cell, name);
	if (times.length === 0) return '';
	const ms = median(times);
	const text = ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
	if (name === 'bare' || name === 'emptyNode') return text;
	return `${text} (${medianRatio(times, timesMs(cell, 'bare')).toFixed(2)})`;
}

/** Time of all processors, which a busy machine stretches less than the clock's. */
export function cpuRows(cells: readonly TimedCell[]): Rows {
	const names = Object.keys(TITLES) as ContenderName[];
	const shown = names.filter((name) => cells.some(({ taken }) => taken[name] !== undefined));
	const cpu = (cell: TimedCell, name: ContenderName) => {
		const taken = cell.taken[name] ?? [];
		if (taken.length === 0) return '';
		return (median(taken.map(({ cpuMs }) => cpuMs)) / cell.items).toFixed(1);
	};
	return [
		['processor time per item in ms', ...shown.map((name) => TITLES[name])],
		...cells.map((cell) => [cellTitle(cell), ...shown.map((name) => cpu(cell, name))]),
	];
}

export function memoryRows(memory: readonly MemoryFigures[]): Rows {
	const mb = (bytes: number) => (bytes / 1_000_000).toFixed(0);
	return [
		['above idle, MB', 'peak', 'per slot ÷ picture', 'held by JavaScript', 'stays after'],
		...memory.map(({ contender, pictureBytes, items, concurrency, peak, after }) => [
			`${TITLES[contender]}: ${sizeText(pictureBytes)} × ${items}, ${concurrency} at once`,
			mb(peak.rss),
			(peak.rss / pictureBytes / concurrency).toFixed(1),
			mb(peak.held),
			mb(after.rss),
		]),
	];
}

export function microRows({ decodersUs, partsUs, loadMs, size }: Results): Rows {
	const us = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));
	return [
		['', 'median'],
		...Object.entries(decodersUs).map(([name, value]) => {
			return [`invoice decode, ${name} (${SIGNATURE_CHECK[name] ?? ''})`, `${us(value)} µs`];
		}),
		...Object.entries(partsUs).map(([name, value]) => [name, `${us(value)} µs`]),
		['load of node and credential', `${loadMs.toFixed(1)} ms`],
		['packed tarball', `${(size.packedBytes / 1_000).toFixed(1)} kB`],
		['`dist`, unpacked', `${(size.distBytes / 1_000).toFixed(1)} kB`],
	];
}
