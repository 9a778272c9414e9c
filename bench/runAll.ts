import { measureMemory } from './memory/measureMemory';
import { memoryCases, type MemoryFigures } from './memory/memoryTask';
import { decoders } from './micro/decoders';
import { loadTimeMs } from './micro/loadTime';
import { packageSize } from './micro/packageSize';
import { parts } from './micro/parts';
import { timeCalls } from './micro/timeCalls';
import { measureLnget } from './lightning/measureLnget';
import { installPeers } from './peers/installPeers';
import { measureQueue } from './queue/measureQueue';
import { loadNow, thisMachine } from './report/machine';
import type { Results } from './report/results';
import { startServers } from './servers/startServers';
import { measureSteps } from './steps/measureSteps';
import type { PurchaseSteps } from './steps/step';
import { cellTitle, type Cell, type TimedCell } from './timing/cell';
import { measureCells } from './timing/measureCells';
import { goalCells, gridCells, memoryCells } from './timing/plan';
import { measureWallets } from './wallets/measureWallets';

const STEP_SIZES = [1_000_000, 10_000_000];

/** Measures everything, one thing after the other, and tells what it is at. */
export async function runAll(isQuick: boolean): Promise<Results> {
	const machine = thisMachine();
	const startedAt = performance.now();
	const notes: string[] = [];
	const peersFolder = await installPeers().catch((cause: unknown) => {
		const reason = cause instanceof Error ? cause.message : String(cause);
		notes.push(`HTTP Request and the decoder invoices were not compared: ${reason}`);
		return null;
	});
	say('Small parts');
	const decodersUs = timeCalls(decoders(peersFolder));
	const partsUs = timeCalls(parts());
	const loadMs = loadTimeMs(isQuick ? 7 : 21);
	const size = packageSize();

	const servers = await startServers();
	const { urls } = servers;
	const cells: TimedCell[] = [];
	const time = async (wanted: readonly Cell[]): Promise<void> => {
		await measureCells(wanted, urls, peersFolder, (cell) => {
			say(`Timed ${cellTitle(cell)}`);
			cells.push(cell);
		});
	};
	const memory: MemoryFigures[] = [];
	const steps: PurchaseSteps[] = [];
	try {
		await time(isQuick ? goalCells(true) : [...goalCells(false), ...gridCells()]);
		if (!isQuick) await time(memoryCells());
		for (const wanted of memoryCases(isQuick)) {
			memory.push(await measureMemory({ wanted, urls }));
		}
		say('Watched the memory');
		for (const pictureBytes of STEP_SIZES) {
			steps.push(await measureSteps({ pictureBytes, urls }));
		}
		say('Followed single purchases');
	} finally {
		await servers.stop();
	}
	const wallets = await measureWallets(isQuick);
	say('Bought from other wallets');
	const lnget = isQuick ? null : await orNote('lnget was not compared', measureLnget(say));
	const queue = isQuick ? null : await orNote('Queue mode was not measured', measureQueue());
	return {
		machine: { ...machine, loadAfter: loadNow() },
		isQuick,
		notes,
		cells,
		memory,
		steps,
		wallets,
		lnget,
		queue,
		decodersUs,
		partsUs,
		loadMs,
		size,
		tookSeconds: (performance.now() - startedAt) / 1_000,
	};

	async function orNote<Figures>(what: string, figures: Promise<Figures>): Promise<Figures | null> {
		return await figures.then(
			(measured) => {
				say('Measured what needs other programs');
				return measured;
			},
			(cause: unknown) => {
				notes.push(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`);
				return null;
			},
		);
	}

	function say(what: string): void {
		const seconds = Math.round((performance.now() - startedAt) / 1_000);
		process.stdout.write(`${String(seconds).padStart(5)} s  ${what}\n`);
	}
}
