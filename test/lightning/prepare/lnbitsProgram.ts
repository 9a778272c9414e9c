import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder, inputKey } from './cacheFolder';
import { broken, lacks, type Missing } from './prepared';
import { lastLines, runProgram } from './runProgram';

const REQUIREMENTS = resolve(__dirname, '..', 'lnbits', 'requirements.txt');
/** LNbits says `>=3.10,<3.13`. */
const PYTHONS = ['python3.12', 'python3.11', 'python3.10', 'python3'];

/** Installs LNbits into an environment of its own, where that is not in the cache yet. */
export async function prepareLnbits(log: (line: string) => void): Promise<string | Missing> {
	const python = await findPython();
	if (python === null) return lacks('no Python 3.10 to 3.12 with venv');
	const key = inputKey([REQUIREMENTS], [python.version]);
	const folder = join(cacheFolder(), `lnbits-${key}`);
	const program = join(folder, 'bin', 'lnbits');
	const done = join(folder, 'installed');
	if (existsSync(done)) return program;
	log('Installing LNbits (once; a minute)');
	rmSync(folder, { recursive: true, force: true });
	const steps: ReadonlyArray<readonly [string, ...string[]]> = [
		[python.command, '-m', 'venv', folder],
		[join(folder, 'bin', 'pip'), 'install', '--quiet', '--prefer-binary', '-r', REQUIREMENTS],
	];
	for (const [command, ...args] of steps) {
		const end = await runProgram(command, args);
		if (end.code !== 0) {
			log(lastLines(end));
			return broken('Python cannot install LNbits');
		}
	}
	writeFileSync(`${done}.new`, '');
	renameSync(`${done}.new`, done);
	return program;
}

async function findPython(): Promise<{ command: string; version: string } | null> {
	// Debian has packages of their own for the two that make environments.
	const print = 'import sys, venv, ensurepip; print("%d.%d.%d" % sys.version_info[:3])';
	for (const command of PYTHONS) {
		const { code, stdout } = await runProgram(command, ['-c', print]);
		const version = stdout.trim();
		if (code === 0 && /^3\.1[0-2]\./.test(version)) return { command, version };
	}
	return null;
}
