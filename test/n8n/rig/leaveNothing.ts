import { rmSync } from 'node:fs';

/** Groups of processes that run, by the ID of their first one. */
export const runningGroups = new Set<number>();
/** Folders that are in use. */
export const usedFolders = new Set<string>();

// However this process ends: first what could still write, then where it writes.
process.on('exit', () => {
	for (const group of runningGroups) signalGroup(group, 'SIGKILL');
	for (const folder of usedFolders) removeFolder(folder);
});

export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	usedFolders.delete(folder);
}

/** Sends a signal to a group, if it is still there. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
	if (groupLives(group)) process.kill(-group, signal);
}

export function groupLives(group: number): boolean {
	try {
		return process.kill(-group, 0);
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
		throw cause;
	}
}
