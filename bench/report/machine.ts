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

/** Of all processors since the machine was started, in ms. */
export interface ProcessorTimes {
	readonly all: number;
	readonly idle: number;
}

export function processorTimes(): ProcessorTimes {
	const each = cpus().map(({ times }) => times);
	const all = each.reduce(
		(sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq,
		0,
	);
	return { all, idle: each.reduce((sum, { idle }) => sum + idle, 0) };
}

/** How much of the processors was in use between the two, in per cent. */
export function busyPercent(before: ProcessorTimes, after: ProcessorTimes): number {
	return 100 * (1 - (after.idle - before.idle) / (after.all - before.all));
}

function commit(): string {
	const args = ['rev-parse', '--short', 'HEAD'];
	return execFileSync('git', args, { cwd: join(__dirname, '..', '..'), encoding: 'utf8' }).trim();
}
