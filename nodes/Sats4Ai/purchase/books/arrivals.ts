import type { Clock } from '../../l402/clock';

/** Until when pay calls of this process may still reach their wallets, on a clock that nobody sets. */
export class Arrivals {
	constructor(
		/** By payment hash, by `Clock.elapsedMs`. */
		private readonly times: Map<string, number>,
		private readonly clock: Pick<Clock, 'elapsedMs'>,
	) {}

	/** A pay call leaves now, for an invoice that lives so long. */
	leave(paymentHash: string, lifeMs: number): void {
		this.times.set(paymentHash, this.clock.elapsedMs() + lifeMs);
	}

	/** Until when a pay call can reach the wallet, by `Clock.elapsedMs`; null if it left elsewhere. */
	by(paymentHash: string): number | null {
		return this.times.get(paymentHash) ?? null;
	}
}
