import { OWN_DECODER, OWN_DECODER_PAYEE_NAMED, SIGNATURE_CHECK } from '../micro/decoders';
import type { TimedCell } from '../timing/cell';
import { median } from '../timing/statistics';
import { elsewhereLines, floorLines, timesMs, walletLines } from './comparedGoals';
import { line, msLine, ratioLine, round, type GoalLine } from './goalLine';
import type { Results } from './results';

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
	return [
		...floorLines(results),
		ratioLine(
			'time per item, 1,000 ÷ 100 items of 100 kB, 10 at once',
			1.1,
			perItem(cell(100_000, 1_000, 10, 0)) / perItem(cell(100_000, 100, 10, 0)),
		),
		msLine(
			'100 kB pictures, server 0 ms, 10 at once, each',
			2.5,
			perItem(cell(100_000, 1_000, 10, 0)),
		),
		...memoryLines(results),
		...walletLines(results),
		...elsewhereLines(results),
		...decoderLines(results),
		line('load of the node in n8n', '≤ 15 ms', results.loadMs, `${round(results.loadMs)} ms`, 15),
		line(
			'packed tarball',
			'≤ 120 kB',
			results.size.packedBytes,
			`${round(results.size.packedBytes / 1_000)} kB`,
			120_000,
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
			'≤ 2 × the picture',
			times,
			`${times.toFixed(1)} ×`,
			2,
		),
		line('1,000 items of 1 MB, 3 at once, above idle', '≤ 80 MB', mb, `${Math.round(mb)} MB`, 80),
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

function perItem(cell: TimedCell | undefined): number {
	return median(timesMs(cell, 'sats4ai')) / (cell?.items ?? NaN);
}
