import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { MemoryFigures, MemoryTask } from './memoryTask';

/** Measures one case in a process of its own. */
export async function measureMemory(task: MemoryTask): Promise<MemoryFigures> {
	const child = fork(join(__dirname, 'memoryMain.ts'));
	const figures = new Promise<MemoryFigures>((resolve, reject) => {
		child.once('message', (message) => resolve(message as MemoryFigures));
		child.once('exit', () => reject(new Error('The memory was not measured')));
	});
	child.send(task);
	return await figures;
}
