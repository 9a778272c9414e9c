import { spawnGuarded } from './guarded';

export interface ProgramEnd {
	/** 0 where all went well; null or 127 where there is no such program. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a program to its end, behind everything else on the machine. Never throws. */
export async function runProgram(
	command: string,
	args: readonly string[],
	options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ProgramEnd> {
	return await new Promise((resolve) => {
		const guarded = { ...options, command: 'nice', args: ['-n', '10', command, ...args] };
		const child = spawnGuarded({ ...guarded, output: ['pipe', 'pipe'] });
		let stdout = '';
		let stderr = '';
		child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
		child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
		child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
		child.on('close', (code) => resolve({ code, stdout, stderr }));
	});
}

/** The last words of a program that failed. */
export function lastLines({ stdout, stderr }: ProgramEnd, count = 15): string {
	return `${stdout}\n${stderr}`.trim().split('\n').slice(-count).join('\n');
}
