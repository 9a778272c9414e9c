import { createHash } from 'node:crypto';

/** The same numbers from 0 to 1 for the same text, always. */
export class SeededRandom {
	#state: number;

	constructor(seed: string) {
		this.#state = createHash('sha256').update(seed).digest().readUInt32LE(0);
	}

	/** mulberry32 */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
	}

	between(least: number, most: number): number {
		return least + (most - least) * this.next();
	}

	pick<T>(choices: readonly [T, ...T[]]): T {
		return choices[Math.floor(this.next() * choices.length)] ?? choices[0];
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}
}
