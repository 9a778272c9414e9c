import type { Clock } from '../l402/clock';
import type { Spender } from '../wallets/spending';
import { LOOK_BACK_MS } from '../wallets/day';
import type { DayBook, Moment } from './books/dayBook';
import { committedMsat, type OpenPurchase } from './books/openPurchase';
import { dayLimitReached, notTold } from './dayFailures';
import { satOf } from './report/receipt';

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

/** What the receipt of a payment says of the day. */
export interface Today {
	/** Rounded up; null where the wallet cannot tell just now. */
	readonly spentTodaySat: number | null;
	readonly limitTodaySat: number;
}

/** Whoever else pays from the wallet is seen after this at the latest. */
const LONGEST_AGE_MS = 60_000;
/** Where little is left for others, the wallet is asked again if it was longer ago than this. */
const NEAR_AGE_MS = 1_000;
/**
 * Between two readings a process takes no more than this part of what was free: as long as no more
 * processes than that share a wallet, they cannot go over the limit without seeing each other.
 */
const SHARES = 4n;

/** The owner's cap on what leaves a wallet within 24 hours, over all workflows and machines. */
export class DayLimit {
	constructor(
		private readonly book: DayBook,
		private readonly ports: DayLimitPorts,
	) {}

	/**
	 * Whether a payment fits: null, or what to wait for before this is asked again. Throws
	 * `DAY_LIMIT_REACHED`, and what keeps the wallet from telling what it has spent.
	 */
	check(purchase: OpenPurchase): Promise<void> | null {
		const { book, ports } = this;
		if (!this.isRead(purchase)) return this.read();
		const now = ports.clock.now();
		const { paymentHash } = purchase;
		const spentMsat = book.spentMsat(now, ports.maxFeeMsat, paymentHash);
		if (this.fits(purchase, spentMsat)) return null;
		// The payments being made may end below their limits, or fail.
		if (this.fits(purchase, book.certainMsat(now, ports.maxFeeMsat, paymentHash))) {
			return book.nextChange();
		}
		throw dayLimitReached(purchase, spentMsat, ports.limitMsat, book.freeAt(now));
	}

	/** Counts a payment: in one step with the check, and before the wallet is called. */
	enter(purchase: OpenPurchase): void {
		this.book.enter(purchase.paymentHash, committedMsat(purchase), this.ports.clock.now());
	}

	/**
	 * Counts a payment that was begun earlier and may have been made. Returns whether its invoice may
	 * be sent again, to be asked right before.
	 */
	async takeUp(purchase: OpenPurchase): Promise<() => boolean> {
		const { book, ports } = this;
		const { paymentHash, expiresAt } = purchase;
		const isRead = this.isRead(purchase) || (await this.couldRead());
		book.takeUp(paymentHash, committedMsat(purchase), Math.min(expiresAt, ports.clock.now()));
		return () => {
			const sentAt = ports.clock.now();
			const spentMsat = book.spentMsat(sentAt, ports.maxFeeMsat, paymentHash);
			if (!isRead || !this.fits(purchase, spentMsat)) return false;
			this.enter(purchase);
			return true;
		};
	}

	paid(purchase: OpenPurchase): void {
		this.book.end(purchase.paymentHash, 'paid', committedMsat(purchase), this.ports.clock.now());
	}

	/** Proven unpaid: what was reserved is free again. */
	failed({ paymentHash }: OpenPurchase): void {
		this.book.end(paymentHash, 'failed', 0n, this.ports.clock.now());
	}

	/** Lets go of a purchase, however it ended. */
	release({ paymentHash }: OpenPurchase): void {
		this.book.release(paymentHash);
	}

	/** For the receipt. Never throws: the picture is paid. */
	async today(): Promise<Today> {
		const { book, ports } = this;
		const isRead = book.ageMs(this.moment) <= LONGEST_AGE_MS || (await this.couldRead());
		const spentMsat = book.spentMsat(ports.clock.now(), ports.maxFeeMsat);
		return {
			spentTodaySat: isRead ? satOf(spentMsat) : null,
			limitTodaySat: Number(ports.limitMsat / 1000n),
		};
	}

	/** Whether the wallet's records are new enough to decide on this purchase. */
	private isRead(purchase: OpenPurchase): boolean {
		const { book, ports } = this;
		const ageMs = book.ageMs(this.moment);
		if (ageMs > LONGEST_AGE_MS) return false;
		if (ageMs <= NEAR_AGE_MS) return true;
		const { paymentHash } = purchase;
		const spentMsat = book.spentMsat(ports.clock.now(), ports.maxFeeMsat, paymentHash);
		const takenMsat = spentMsat + committedMsat(purchase) - book.spentAtReadingMsat;
		return takenMsat * SHARES <= ports.limitMsat - book.spentAtReadingMsat;
	}

	private fits(purchase: OpenPurchase, spentMsat: bigint): boolean {
		return spentMsat + committedMsat(purchase) <= this.ports.limitMsat;
	}

	/** Asks the wallet; false where it cannot tell. */
	private async couldRead(): Promise<boolean> {
		return await this.read().then(
			() => true,
			() => false,
		);
	}

	/** Asks the wallet, or waits where another purchase of this process is asking it. */
	private async read(): Promise<void> {
		const { book } = this;
		if (book.running !== null) return await book.running;
		const reading = this.readNow();
		const ended = () => {
			book.running = null;
		};
		book.running = reading.then(ended, ended);
		await reading;
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
