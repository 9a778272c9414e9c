import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { n8nCoreVersion } from '../engine/n8nCoreVersion';
import type { Machine } from './results';

/** The machine as it is now; the load at the end is filled in later. */
export function thisMachine(): Machine {
	const [processor] = cpus();
	return {
		date: new Date().toISOString().slice(0, 10),
		cpu: processor?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memoryBytes: totalmem(),
		node: process.versions.node,
		n8nCore: n8nCoreVersion(),
		system: `${type()} ${release()}`,
		loadBefore: loadNow(),
		loadAfter: NaN,
		commit: commit(),
	};
}

/** Average over the last minute. */
export function loadNow(): number {
	return loadavg()[0] ?? NaN;
}

function commit(): string {
	const args = ['rev-parse', '--short', 'HEAD'];
	return execFileSync('git', args, { cwd: join(__dirname, '..', '..'), encoding: 'utf8' }).trim();
}
