import type { ContenderName } from '../contenders/contender';
import { cellTitle, type TimedCell } from '../timing/cell';
import { median, medianRatio } from '../timing/statistics';
import { AT_ONCE, ITEMS } from '../wallets/walletPlan';
import { line, ratioLine, type GoalLine } from './goalLine';
import type { Results } from './results';

/** Whom the node is to be no slower than, or faster. *HTTP Request* has no concurrency to compare at. */
const OTHERS = [
	{ name: 'fileToFile', title: 'file to file', atMost: 1, isPeer: false, isOneOnly: false },
	{ name: 'lightningTools', title: 'fetch402', atMost: 1, isPeer: true, isOneOnly: false },
	{ name: 'ownHook', title: 'the hook by hand', atMost: 1, isPeer: true, isOneOnly: false },
	{ name: 'httpRequestSteps', title: 'HTTP Request', atMost: 1, isPeer: true, isOneOnly: true },
] as const;

/** The worst cell of each comparison: 1 MB and 10 MB, one picture and a hundred. */
export function floorLines({ cells }: Results): GoalLine[] {
	return OTHERS.map(({ name, title, atMost, isPeer, isOneOnly }) => {
		const compared = cells.filter(
			({ binary, pictureBytes, items, taken }) =>
				binary === 'disk' &&
				pictureBytes >= 1_000_000 &&
				(items === 1 || (items === 100 && !isOneOnly)) &&
				(taken[name] ?? []).length > 0,
		);
		const ratios = compared.map((cell) => ({ ratio: toOther(cell, name), cell }));
		const [worst] = ratios.sort((one, other) => other.ratio - one.ratio);
		const met = ratios.filter(({ ratio }) => (isPeer ? ratio < atMost : ratio <= atMost)).length;
		return {
			what: `node ÷ ${title}, ${ratios.length} cells of 1 MB and 10 MB${isOneOnly ? ', one picture' : ''}`,
			goal: isPeer ? '< 1 in each' : '≤ 1.00 in each',
			figure:
				worst === undefined
					? 'not measured'
					: `${met} of ${ratios.length}; worst ${worst.ratio.toFixed(3)} (${cellTitle(worst.cell)})`,
			isMet: ratios.length > 0 && met === ratios.length,
		};
	});
}

/** Over Nostr against LNbits by the node's own processor time: theirs is in another process. */
export function walletLines({ wallets }: Results): GoalLine[] {
	const near = wallets.filter(({ lateMs }) => lateMs === 0);
	const of = (name: string) => near.find(({ wallet }) => wallet === name);
	const [plain, capped, nwc] = [of('LNbits'), of('LNbits, with a cap per day'), of('NWC')];
	const connections = Math.max(...(nwc?.connections ?? [NaN]));
	const more = median(capped?.requests ?? []) - median(plain?.requests ?? []);
	const minutes = ((median(capped?.msEach ?? []) * ITEMS) / 60_000) | 0;
	return [
		line(
			`NWC, ${ITEMS} purchases at ${AT_ONCE} at once: connections to the relay`,
			'1',
			connections,
			String(connections),
			1,
		),
		ratioLine(
			'the same, processor time of the node ÷ with LNbits',
			1.2,
			medianRatio(nwc?.cpuMsEach ?? [], plain?.cpuMsEach ?? []),
		),
		line(
			`cap per day, ${ITEMS} purchases: wallet requests more than without`,
			'1 a minute',
			more,
			String(more),
			1 + minutes,
		),
	];
}

export function elsewhereLines({ lnget, queue }: Results): GoalLine[] {
	const workers = queue === null ? NaN : median(queue.twoWorkers) / median(queue.oneWorker);
	return [
		ratioLine(
			'real LND and Aperture: purchase ÷ lnget’s',
			0.7,
			lnget === null ? NaN : medianRatio(lnget.nodeMs, lnget.lngetMs),
		),
		{
			what: 'queue mode, server 200 ms: pictures a minute, two workers ÷ one',
			goal: '≥ 1.80',
			figure: Number.isNaN(workers) ? 'not measured' : workers.toFixed(2),
			isMet: workers >= 1.8,
		},
	];
}

function toOther(cell: TimedCell, other: ContenderName): number {
	return medianRatio(timesMs(cell, 'sats4ai'), timesMs(cell, other));
}

/** What each round took. */
export function timesMs(cell: TimedCell | undefined, name: ContenderName): number[] {
	return (cell?.taken[name] ?? []).map(({ ms }) => ms);
}
