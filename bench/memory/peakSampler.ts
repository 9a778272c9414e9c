import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { collectGarbage } from '../timing/garbage';

/** In bytes. */
export interface Memory {
	/** What the process takes from the machine. */
	readonly rss: number;
	/** What JavaScript holds: its heap, and buffers beside it. Seen between two tasks only. */
	readonly held: number;
}

/** A thread of its own, since the peaks are where the main thread is busy. */
const SAMPLE_RSS = `
	const { workerData } = require('node:worker_threads');
	const peakKb = new Int32Array(workerData);
	setInterval(() => {
		const kb = Math.ceil(process.memoryUsage.rss() / 1024);
		if (kb > Atomics.load(peakKb, 0)) Atomics.store(peakKb, 0, kb);
	}, 1);
`;
const HELD_EVERY_MS = 2;
const SETTLE_MS = 300;

/** What the process needs at rest, after garbage is gone. */
export async function idleMemory(): Promise<Memory> {
	for (let turn = 0; turn < 3; turn++) {
		collectGarbage();
		await sleep(SETTLE_MS);
	}
	return { rss: process.memoryUsage.rss(), held: heldNow() };
}

/** The peak above idle while `work` runs, and what stays when it is done. */
export async function peakAboveIdle(
	work: () => Promise<void>,
): Promise<{ readonly idle: Memory; readonly peak: Memory; readonly after: Memory }> {
	const shared = new SharedArrayBuffer(4);
	const sampler = new Worker(SAMPLE_RSS, { eval: true, workerData: shared });
	await new Promise((resolve) => sampler.once('online', resolve));
	const idle = await idleMemory();
	const peakKb = new Int32Array(shared);
	Atomics.store(peakKb, 0, 0);
	let held = 0;
	const timer = setInterval(() => {
		held = Math.max(held, heldNow());
	}, HELD_EVERY_MS);
	await work();
	clearInterval(timer);
	const peak = {
		rss: Atomics.load(peakKb, 0) * 1024 - idle.rss,
		held: Math.max(0, held - idle.held),
	};
	const rest = await idleMemory();
	await sampler.terminate();
	return { idle, peak, after: { rss: rest.rss - idle.rss, held: rest.held - idle.held } };
}

/** What JavaScript holds at this moment, in bytes, garbage that is not collected yet included. */
export function heldNow(): number {
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
