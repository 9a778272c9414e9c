import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** What the guard knows of, so that it can end it where this process no longer can. */
class Guarded<T> extends Set<T> {
	constructor(private readonly kind: 'group' | 'folder') {
		super();
	}

	override add(value: T): this {
		tellGuard(`+${this.kind} ${String(value)}`);
		return super.add(value);
	}

	override delete(value: T): boolean {
		tellGuard(`-${this.kind} ${String(value)}`);
		return super.delete(value);
	}
}

let guard: ChildProcess | null = null;

function tellGuard(line: string): void {
	if (guard === null) {
		// In a group of its own: what ends this process must not end the guard.
		const stdio: ['pipe', 'ignore', 'inherit'] = ['pipe', 'ignore', 'inherit'];
		guard = spawn(process.execPath, [join(__dirname, 'guard.mjs')], { detached: true, stdio });
		guard.unref();
	}
	guard.stdin?.write(`${line}\n`);
}

/** Groups of processes that run, by the ID of their first one. */
export const runningGroups: Set<number> = new Guarded<number>('group');
/** Folders that are in use. */
export const usedFolders: Set<string> = new Guarded<string>('folder');

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
