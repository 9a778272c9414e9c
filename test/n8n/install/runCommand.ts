import { spawn } from 'node:child_process';
import { runningGroups, signalGroup } from '../rig/leaveNothing';

export interface CommandResult {
	/** Exit code; null where a signal ended it. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a program to its end, and ends with it what it has started. Throws only where it does not start. */
export async function runCommand(
	program: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<CommandResult> {
	return await new Promise((resolve, reject) => {
		const how = { ...options, detached: true };
		const child = spawn(program, args, { ...how, stdio: ['ignore', 'pipe', 'pipe'] });
		const { pid } = child;
		if (pid !== undefined) runningGroups.add(pid);
		const stdout: Buffer[] = [];
		const stderr: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
		child.once('error', reject);
		child.once('exit', () => {
			if (pid === undefined) return;
			signalGroup(pid, 'SIGKILL');
			runningGroups.delete(pid);
		});
		child.once('close', (code) =>
			resolve({
				code,
				stdout: Buffer.concat(stdout).toString(),
				stderr: Buffer.concat(stderr).toString(),
			}),
		);
	});
}
