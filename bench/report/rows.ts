import type { ContenderName } from '../contenders/contender';
import type { MemoryFigures } from '../memory/memoryTask';
import { SIGNATURE_CHECK } from '../micro/decoders';
import { cellTitle, sizeText, type TimedCell } from '../timing/cell';
import { median, medianRatio } from '../timing/statistics';
import { timesMs } from './comparedGoals';
import type { GoalLine } from './goalLine';
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

/** What one picture costs, step by step. */
export function stepRows(steps: Results['steps']): Rows {
	const [first] = steps;
	const titles = steps.flatMap(({ pictureBytes }) => [
		`${sizeText(pictureBytes)}: ms`,
		'MB held above rest, at most',
	]);
	const cells = (at: number) =>
		steps.flatMap(({ steps: each }) => {
			const { ms, peakBytes } = each[at] ?? { ms: NaN, peakBytes: NaN };
			return [ms.toFixed(1), Number.isNaN(peakBytes) ? '' : (peakBytes / 1e6).toFixed(1)];
		});
	return [['', ...titles], ...(first?.steps ?? []).map(({ step }, at) => [step, ...cells(at)])];
}

export function walletRows(wallets: Results['wallets']): Rows {
	return [
		['', 'ms each', 'processor ms each', 'connections to the relay', 'requests to LNbits'],
		...wallets.map(({ wallet, lateMs, msEach, cpuMsEach, connections, requests }) => [
			`${wallet}${lateMs > 0 && wallet === 'NWC' ? `, the relay ${lateMs} ms late` : ''}`,
			median(msEach).toFixed(1),
			median(cpuMsEach).toFixed(1),
			wallet === 'NWC' ? String(median(connections)) : '',
			wallet === 'NWC' ? '' : String(median(requests)),
		]),
	];
}

export function elsewhereRows({ lnget, queue }: Pick<Results, 'lnget' | 'queue'>): Rows {
	const rows: string[][] = [['', 'median', 'each round']];
	const list = (values: readonly number[]) => values.map((value) => value.toFixed(0)).join(', ');
	const add = (what: string, unit: string, values: readonly number[]) =>
		rows.push([what, `${median(values).toFixed(0)} ${unit}`, list(values)]);
	if (lnget !== null) {
		add('real LND and Aperture: the node', 'ms', lnget.nodeMs);
		add('the same: lnget, with its start', 'ms', lnget.lngetMs);
		add('the same: the exchange alone, by undici', 'ms', lnget.bareMs);
	}
	if (queue !== null) {
		const { n8n, atOnce } = queue;
		const what = `queue mode of n8n ${n8n}, ${atOnce} executions at once in each worker`;
		add(`${what}: one worker`, 'pictures a minute', queue.oneWorker);
		add('processors of the machine in use meanwhile', '%', queue.busyWithOne);
		add('two workers', 'pictures a minute', queue.twoWorkers);
		add('processors of the machine in use meanwhile', '%', queue.busyWithTwo);
	}
	return rows;
}
