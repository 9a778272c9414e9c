import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { MemoryFigures, MemoryTask } from './memoryTask';

/** The node's cases are measured more than once, where that takes a moment only. */
const REPEATED_UP_TO_ITEMS = 10;
const REPEATS = 3;

/** Measures one case: the run with the median peak, each in a process of its own. */
export async function measureMemory(task: MemoryTask): Promise<MemoryFigures> {
	const runs: MemoryFigures[] = [];
	const { items, contender } = task.wanted;
	const repeats = items > REPEATED_UP_TO_ITEMS || contender !== 'sats4ai' ? 1 : REPEATS;
	while (runs.length < repeats) runs.push(await measureOnce(task));
	runs.sort((a, b) => a.peak.rss - b.peak.rss);
	const middle = runs[Math.floor(runs.length / 2)];
	if (middle === undefined) throw new Error('The memory was not measured');
	return middle;
}

async function measureOnce(task: MemoryTask): Promise<MemoryFigures> {
	const child = fork(join(__dirname, 'memoryMain.ts'));
	const figures = new Promise<MemoryFigures>((resolve, reject) => {
		child.once('message', (message) => resolve(message as MemoryFigures));
		child.once('exit', () => reject(new Error('The memory was not measured')));
	});
	child.send(task);
	return await figures;
}
