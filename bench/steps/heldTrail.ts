import { heldNow } from '../memory/peakSampler';
import { nowMs } from '../servers/leanService';

const EVERY_MS = 1;

/**
 * What JavaScript holds, over time: seen between two tasks of the thread that does the work. What the
 * process takes of the machine hardly moves for a picture of 1 MB, and tells nothing of a step.
 */
export class HeldTrail {
	private readonly samples: Array<readonly [at: number, bytes: number]> = [];
	private readonly timer = setInterval(() => this.note(), EVERY_MS);

	note(): void {
		this.samples.push([nowMs(), heldNow()]);
	}

	/** The most between two moments, in ms since 1970; NaN where they are too near to each other. */
	peakBytes(from: number, to: number): number {
		const within = this.samples.filter(([at]) => at >= from && at <= to);
		return within.length === 0 ? NaN : Math.max(...within.map(([, bytes]) => bytes));
	}

	stop(): void {
		clearInterval(this.timer);
	}
}
