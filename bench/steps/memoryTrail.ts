import { Worker } from 'node:worker_threads';

/** Every millisecond, from a thread of its own: when, and how much the process takes of the machine. */
const SAMPLE = `
	const { workerData } = require('node:worker_threads');
	const trail = new Float64Array(workerData);
	setInterval(() => {
		const at = trail[0] * 2 + 1;
		if (at + 1 >= trail.length) return;
		trail[at] = performance.timeOrigin + performance.now();
		trail[at + 1] = process.memoryUsage.rss();
		trail[0] += 1;
	}, 1);
`;
const MOST_SAMPLES = 100_000;

/** How much memory a process takes, over time. */
export class MemoryTrail {
	private constructor(
		private readonly worker: Worker,
		private readonly trail: Float64Array,
	) {}

	static async start(): Promise<MemoryTrail> {
		const shared = new SharedArrayBuffer(8 * (1 + 2 * MOST_SAMPLES));
		const worker = new Worker(SAMPLE, { eval: true, workerData: shared });
		await new Promise((resolve) => worker.once('online', resolve));
		return new MemoryTrail(worker, new Float64Array(shared));
	}

	/** The most between two moments, in ms since 1970; NaN where they are too near to each other. */
	peakBytes(from: number, to: number): number {
		let peak = NaN;
		for (let index = 0; index < (this.trail[0] ?? 0); index += 1) {
			const at = this.trail[1 + 2 * index] ?? 0;
			const bytes = this.trail[2 + 2 * index] ?? 0;
			if (at >= from && at <= to && !(bytes <= peak)) peak = bytes;
		}
		return peak;
	}

	async stop(): Promise<void> {
		await this.worker.terminate();
	}
}
