import type { DayBook } from './books/dayBook';
import { committedMsat, type OpenPurchase } from './books/openPurchase';
import { dayLimitReached } from './dayFailures';
import { DayReader, type DayLimitPorts } from './dayReader';
import { satOf } from './report/receipt';

/** What the receipt of a payment says of the day. */
export interface Today {
	/** Rounded up; null where the wallet cannot tell just now. */
	readonly spentTodaySat: number | null;
	readonly limitTodaySat: number;
}

/** Whoever else pays from the wallet is seen after this at the latest. */
const LONGEST_AGE_MS = 60_000;
/** Near the limit a reading is good for this long, and for one payment at a time. */
const NEAR_AGE_MS = 1_000;
/**
 * On one reading a process takes no more than this part of what was free: as long as no more
 * processes than that share a wallet, they cannot go over the limit without seeing each other. What
 * needs more is near the limit.
 */
const SHARES = 4n;

/** The owner's cap on what leaves a wallet within 24 hours, over all workflows and machines. */
export class DayLimit {
	private readonly reader: DayReader;

	constructor(
		private readonly book: DayBook,
		private readonly ports: DayLimitPorts,
	) {
		this.reader = new DayReader(book, ports);
	}

	/**
	 * Whether a payment fits: null, or what to wait for before this is asked again. Throws
	 * `DAY_LIMIT_REACHED`, and what keeps the wallet from telling what it has spent.
	 */
	check(purchase: OpenPurchase): Promise<void> | null {
		const { book, ports, reader } = this;
		const { ageMs } = reader;
		if (ageMs > LONGEST_AGE_MS) return reader.read();
		const now = ports.clock.now();
		const { paymentHash } = purchase;
		const spentMsat = book.spentMsat(now, ports.maxFeeMsat, paymentHash);
		if (this.isWithinShare(purchase, spentMsat)) return null;
		if (this.fits(purchase, spentMsat)) {
			if (book.isPaying) return reader.inSlices(book.nextChange());
			return book.isUsed || ageMs > NEAR_AGE_MS ? reader.read() : null;
		}
		// The payments being made may end below their limits, or fail.
		if (this.fits(purchase, book.certainMsat(now, ports.maxFeeMsat, paymentHash))) {
			return reader.inSlices(book.nextChange());
		}
		if (ageMs > NEAR_AGE_MS) return reader.read();
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
		const isRead = await this.reader.isReadWithin(NEAR_AGE_MS);
		const at = Math.min(expiresAt, ports.clock.now());
		book.takeUp(paymentHash, committedMsat(purchase), at);
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
		const isRead = await this.reader.isReadWithin(LONGEST_AGE_MS);
		const spentMsat = book.spentMsat(ports.clock.now(), ports.maxFeeMsat);
		return {
			spentTodaySat: isRead ? satOf(spentMsat) : null,
			limitTodaySat: Number(ports.limitMsat / 1000n),
		};
	}

	/** Whether this can be paid without asking the wallet anew. */
	private isWithinShare(purchase: OpenPurchase, spentMsat: bigint): boolean {
		const { spentAtReadingMsat } = this.book;
		const takenMsat = spentMsat + committedMsat(purchase) - spentAtReadingMsat;
		return takenMsat * SHARES <= this.ports.limitMsat - spentAtReadingMsat;
	}

	private fits(purchase: OpenPurchase, spentMsat: bigint): boolean {
		return spentMsat + committedMsat(purchase) <= this.ports.limitMsat;
	}
}
