import type { Clock } from '../l402/clock';
import { LOOK_BACK_MS } from '../wallets/day';
import type { Spender } from '../wallets/spending';
import type { DayBook, Moment } from './books/dayBook';
import { notTold } from './dayFailures';

/** Of a credential with a cap. */
export interface DayLimitPorts {
	readonly wallet: Spender;
	readonly clock: Clock;
	readonly limitMsat: bigint;
	/** Stands for fees that the wallet does not tell. */
	readonly maxFeeMsat: bigint;
	/** How long the wallet may take to tell. */
	readonly timeoutMs: number;
}

const SLICE_MS = 1_000;

/** Brings what the wallet tells of the day into its book, one reading at a time for a process. */
export class DayReader {
	constructor(
		private readonly book: DayBook,
		private readonly ports: DayLimitPorts,
	) {}

	/** Since the wallet was last asked. */
	get ageMs(): number {
		return this.book.ageMs(this.moment);
	}

	/** Asks the wallet if it was asked longer ago than this. False where it does not tell. */
	async isReadWithin(longestAgeMs: number): Promise<boolean> {
		while (this.ageMs > longestAgeMs) {
			const isTold = await this.read().then(
				() => true,
				() => false,
			);
			if (!isTold || this.ports.clock.cancelled()) return false;
		}
		return true;
	}

	/** Asks the wallet, or waits where another purchase of this process is asking it. */
	async read(): Promise<void> {
		const { book } = this;
		if (book.running !== null) return await this.inSlices(book.running);
		const reading = this.readNow();
		const ended = () => {
			book.running = null;
		};
		book.running = reading.then(ended, ended);
		await reading;
	}

	/** Waits for what another run may be at, so that a stopped run does not wait for its end. */
	async inSlices(other: Promise<void>): Promise<void> {
		await Promise.race([other, this.ports.clock.sleep(SLICE_MS)]);
	}

	private async readNow(): Promise<void> {
		const { book, ports } = this;
		const sinceAt = ports.clock.now() - LOOK_BACK_MS;
		const { bookmark } = book;
		const told = await ports.wallet.spentSince({ sinceAt, timeoutMs: ports.timeoutMs, bookmark });
		if (told.status === 'unavailable') throw notTold(told);
		book.bookmark = told.bookmark;
		book.read(told.outflows, this.moment, ports.maxFeeMsat);
	}

	private get moment(): Moment {
		const { clock } = this.ports;
		return { now: clock.now(), elapsedMs: clock.elapsedMs() };
	}
}
