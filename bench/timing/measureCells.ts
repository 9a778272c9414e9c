import type { ContenderName } from '../contenders/contender';
import { ContenderProcess, type Bought } from '../contenders/contenderProcess';
import type { BinaryMode } from '../engine/binaryData';
import { configureServers, serverReport } from '../servers/control';
import type { ServerReport, ServerUrls } from '../servers/settings';
import type { Cell, TimedCell } from './cell';

/**
 * Measures cells, all with binary data in the same place, and hands each on as soon as it is done.
 * Contenders keep their processes from one cell to the next, as n8n does from run to run.
 */
export async function measureCells(
	cells: readonly Cell[],
	urls: ServerUrls,
	/** null: what has to be fetched could not be. */
	peersFolder: string | null,
	onCell: (cell: TimedCell) => void,
): Promise<void> {
	const binary: BinaryMode = cells[0]?.binary ?? 'disk';
	const processes = new Map<ContenderName, ContenderProcess>();
	for (const name of new Set(cells.flatMap(({ contenders }) => contenders))) {
		if (name === 'httpRequestSteps' && peersFolder === null) continue;
		const begin = { name, binary, peersFolder: peersFolder ?? '' };
		processes.set(name, await ContenderProcess.start(begin));
	}
	for (const cell of cells) {
		const chosen = [...processes.values()].filter(({ name }) => cell.contenders.includes(name));
		onCell(await measureCell(cell, chosen, urls));
	}
	await Promise.all([...processes.values()].map(async (each) => each.stop()));
}

/**
 * The contenders buy in turns, each round in another order. Before the clock counts, each buys
 * some pictures while the service checks that all send the same bytes.
 */
async function measureCell(
	cell: Cell,
	contenders: readonly ContenderProcess[],
	urls: ServerUrls,
): Promise<TimedCell> {
	const taken: Partial<Record<ContenderName, Bought[]>> = {};
	const bodies = new Set<string>();
	for (const contender of contenders) {
		const items = Math.min(cell.items, WARM_UP_ITEMS);
		await buyOnce(contender, { ...cell, items }, urls, true);
		const report = await serverReport(urls.control);
		checkReport(contender.name, report, items);
		for (const digest of report.digests) bodies.add(digest);
		taken[contender.name] = [];
	}
	if (bodies.size > 1) throw new Error('The contenders do not all send the same bytes');
	for (let round = 0; round < cell.rounds; round++) {
		for (const [index] of contenders.entries()) {
			const contender = contenders[(index + round) % contenders.length];
			if (contender === undefined) continue;
			taken[contender.name]?.push(await buyOnce(contender, cell, urls, false));
		}
	}
	return { ...cell, taken };
}

const WARM_UP_ITEMS = 10;

async function buyOnce(
	contender: ContenderProcess,
	{ pictureBytes, serverMs, items, concurrency }: Cell,
	urls: ServerUrls,
	digests: boolean,
): Promise<Bought> {
	await configureServers(urls.control, { pictureBytes, serverMs, stock: items, digests });
	return await contender.buy({ pictureBytes, items, concurrency, urls });
}

/** Throws where a contender did not buy what it says. */
function checkReport(name: ContenderName, report: ServerReport, items: number): void {
	const { asks, redeems, payments } = report;
	const wanted = name === 'emptyNode' ? 0 : items;
	if ([asks, redeems, payments].every((count) => count === wanted)) return;
	throw new Error(`${name} asked ${asks}, paid ${payments}, redeemed ${redeems} of ${wanted}`);
}
