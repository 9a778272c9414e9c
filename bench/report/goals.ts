import { OWN_DECODER, OWN_DECODER_PAYEE_NAMED, SIGNATURE_CHECK } from '../micro/decoders';
import type { ContenderName } from '../contenders/contender';
import type { TimedCell } from '../timing/cell';
import { median, medianRatio } from '../timing/statistics';
import type { Results } from './results';

export interface GoalLine {
	readonly what: string;
	readonly goal: string;
	readonly figure: string;
	readonly isMet: boolean;
}

/** Every goal with what was measured; one that was not measured is missed. */
export function goalLines(results: Results): GoalLine[] {
	const cell = (pictureBytes: number, items: number, concurrency: number, serverMs: number) =>
		results.cells.find(
			(each) =>
				each.binary === 'disk' &&
				each.pictureBytes === pictureBytes &&
				each.items === items &&
				each.concurrency === concurrency &&
				each.serverMs === serverMs,
		);
	const large = cell(10_000_000, 1, 1, 0);
	return [
		ratioLine('1 MB × 1, server 200 ms: node ÷ bare', 1.03, toBare(cell(1_000_000, 1, 1, 200))),
		ratioLine(
			'1 MB × 100, 10 at once, server 200 ms: node ÷ bare',
			1.08,
			toBare(cell(1_000_000, 100, 10, 200)),
		),
		ratioLine('10 MB × 1, server 0 ms: node ÷ bare', 1.15, toBare(large)),
		ratioLine('the same: node ÷ fetch402', 1, toOther(large, 'lightningTools')),
		ratioLine('the same: node ÷ HTTP Request steps', 1, toOther(large, 'httpRequestSteps')),
		ratioLine(
			'time per item, 1,000 ÷ 100 items of 100 kB, 10 at once',
			1.1,
			perItem(cell(100_000, 1_000, 10, 0)) / perItem(cell(100_000, 100, 10, 0)),
		),
		...memoryLines(results),
		...decoderLines(results),
		line('load of the node in n8n', '≤ 15 ms', results.loadMs, `${round(results.loadMs)} ms`, 15),
		line(
			'packed tarball',
			'≤ 115 kB',
			results.size.packedBytes,
			`${round(results.size.packedBytes / 1_000)} kB`,
			115_000,
		),
	];
}

function memoryLines({ memory }: Results): GoalLine[] {
	const node = memory.filter(({ contender }) => contender === 'sats4ai');
	const one = node.find(
		({ pictureBytes, items, concurrency }) =>
			pictureBytes === 10_000_000 && items === 1 && concurrency === 1,
	);
	const times = (one?.peak.rss ?? NaN) / 10_000_000;
	const long = node.find(({ items }) => items === 1_000);
	const mb = (long?.peak.rss ?? NaN) / 1_000_000;
	return [
		line(
			'peak memory above idle, one slot, a 10 MB picture',
			'≤ 4 × the picture',
			times,
			`${times.toFixed(1)} ×`,
			4,
		),
		line('1,000 items of 1 MB, 3 at once, above idle', '≤ 150 MB', mb, `${Math.round(mb)} MB`, 150),
	];
}

function decoderLines({ decodersUs }: Results): GoalLine[] {
	const timeOf = (name: string) => decodersUs[name] ?? NaN;
	const [own, named] = [timeOf(OWN_DECODER), timeOf(OWN_DECODER_PAYEE_NAMED)];
	const others = Object.entries(decodersUs).filter(([name]) => !name.startsWith(OWN_DECODER));
	const [fastest, us] = [...others].sort((a, b) => a[1] - b[1])[0] ?? ['', NaN];
	const checked = (name: string) => SIGNATURE_CHECK[name] ?? '';
	return [
		line(`invoice decode, ${checked(OWN_DECODER)}`, '≤ 300 µs', own, `${round(own)} µs`, 300),
		line(
			`invoice decode where the payee is named, ${checked(OWN_DECODER_PAYEE_NAMED)}`,
			'≤ 300 µs',
			named,
			`${round(named)} µs`,
			300,
		),
		{
			what: 'faster than every decoder compared',
			goal: `< ${round(us)} µs (${fastest}: ${checked(fastest)})`,
			figure: `${round(own)} µs`,
			isMet: own < us,
		},
	];
}

function toBare(cell: TimedCell | undefined): number {
	return toOther(cell, 'bare');
}

function toOther(cell: TimedCell | undefined, other: ContenderName): number {
	return medianRatio(timesMs(cell, 'sats4ai'), timesMs(cell, other));
}

/** What each round took. */
export function timesMs(cell: TimedCell | undefined, name: ContenderName): number[] {
	return (cell?.taken[name] ?? []).map(({ ms }) => ms);
}

function perItem(cell: TimedCell | undefined): number {
	return median(timesMs(cell, 'sats4ai')) / (cell?.items ?? NaN);
}

function ratioLine(what: string, atMost: number, ratio: number): GoalLine {
	const goal = atMost === 1 ? '< 1' : `≤ ${atMost.toFixed(2)}`;
	return line(what, goal, ratio, ratio.toFixed(3), atMost);
}

function line(what: string, goal: string, value: number, figure: string, atMost: number): GoalLine {
	const isMet = value <= atMost;
	return { what, goal, figure: Number.isNaN(value) ? 'not measured' : figure, isMet };
}

function round(value: number): string {
	return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
