import type { Clock } from '../../nodes/Sats4Ai/l402/clock';

const NEVER = new Promise<never>(() => undefined);

/** A process that is ended with `kill -9` before or after one of its steps outside; it says no more. */
export class KilledProcess {
	/** Resolves when it is killed. */
	readonly killed: Promise<'killed'>;
	private die: () => void = () => undefined;
	private isDead = false;
	private steps = 0;

	/** `afterSteps`: each call to the outside is two, its going out and its coming back. */
	constructor(private readonly afterSteps: number) {
		this.killed = new Promise((resolve) => (this.die = () => resolve('killed')));
	}

	/** A call to the outside, made and heard by the living alone. */
	async outside<Answer>(call: () => Promise<Answer>): Promise<Answer> {
		if (this.endsHere()) return await NEVER;
		const answer = await call();
		return this.endsHere() ? await NEVER : answer;
	}

	/** A clock whose pauses end for the living alone. */
	clock(clock: Clock): Clock {
		return {
			...clock,
			sleep: async (ms) => {
				await clock.sleep(ms);
				if (this.isDead) await NEVER;
			},
		};
	}

	private endsHere(): boolean {
		this.steps += 1;
		if (this.steps > this.afterSteps) this.isDead = true;
		if (this.isDead) this.die();
		return this.isDead;
	}
}
