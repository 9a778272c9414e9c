import { DAY_MS, eachOnce } from '../../wallets/day';
import type { Outflow } from '../../wallets/spending';
import { count, type Counted, type OwnPayment } from './dayCount';

interface Reading {
	readonly outflows: ReadonlyMap<string, Outflow>;
	readonly at: Moment;
	/** What was spent then. */
	readonly spentMsat: bigint;
}

/** The time of day, and the time on a clock that nobody sets: see `Clock`. */
export interface Moment {
	readonly now: number;
	readonly elapsedMs: number;
}

/**
 * What has left a wallet within 24 hours: the wallet's own records, as they were last read, and this
 * process's payments. A payment that is in both counts once, by its hash. All is synchronous, so
 * that of two payments of this process the second one sees the first.
 */
export class DayBook {
	/** For the wallet's next reading. */
	bookmark: string | null = null;
	/** The reading that is going on. */
	running: Promise<void> | null = null;
	/** Whether a payment of ours was begun on this reading. */
	isUsed = false;
	private reading: Reading | null = null;
	private readonly own = new Map<string, OwnPayment>();
	private readonly beingPaid = new Set<string>();
	private waiting: Array<() => void> = [];

	/** Takes over what the wallet has just told. `maxFeeMsat` as in `spentMsat`. */
	read(outflows: readonly Outflow[], at: Moment, maxFeeMsat: bigint): void {
		this.isUsed = false;
		this.reading = { outflows: eachOnce(outflows), at, spentMsat: 0n };
		this.reading = { ...this.reading, spentMsat: this.spentMsat(at.now, maxFeeMsat) };
	}

	/** How old the reading is, by the clock that says more; `Infinity` where there is none. */
	ageMs({ now, elapsedMs }: Moment): number {
		if (this.reading === null) return Infinity;
		const { at } = this.reading;
		return Math.max(Math.abs(now - at.now), elapsedMs - at.elapsedMs);
	}

	/** What was spent when the wallet was last asked. */
	get spentAtReadingMsat(): bigint {
		return this.reading?.spentMsat ?? 0n;
	}

	/** A payment is about to be handed to the wallet. It counts from here on. */
	enter(paymentHash: string, msat: bigint, now: number): void {
		for (const [hash, { at }] of this.own) {
			if (at <= now - DAY_MS && !this.beingPaid.has(hash)) this.own.delete(hash);
		}
		this.own.set(paymentHash, { state: 'underWay', msat, at: now, isBegunHere: true });
		this.isUsed = true;
		this.beingPaid.add(paymentHash);
	}

	/** A payment that was begun earlier, `at` at the latest, is looked into. It may have been made. */
	takeUp(paymentHash: string, msat: bigint, at: number): void {
		const begun = this.own.get(paymentHash) ?? { at, isBegunHere: false };
		this.own.set(paymentHash, { ...begun, state: 'underWay', msat });
		this.beingPaid.add(paymentHash);
	}

	/** How it ended: paid, or proven unpaid. What stays unknown goes on to count with its limit. */
	end(paymentHash: string, state: 'paid' | 'failed', msat: bigint, now: number): void {
		const begun = this.own.get(paymentHash) ?? { at: now, isBegunHere: false };
		this.own.set(paymentHash, { ...begun, state, msat });
		this.release(paymentHash);
	}

	/** Nobody is at work on it any more. */
	release(paymentHash: string): void {
		this.beingPaid.delete(paymentHash);
		for (const resolve of this.waiting.splice(0)) resolve();
	}

	/** Whether this process is making a payment. */
	get isPaying(): boolean {
		return this.beingPaid.size > 0;
	}

	/** Resolves when nobody is at work any more on one of the payments that are being made. */
	async nextChange(): Promise<void> {
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	/**
	 * All that counts, without one payment if told so. `maxFeeMsat` stands for the fee where the
	 * wallet does not tell it: of what others have under way, and where it keeps no fees.
	 */
	spentMsat(now: number, maxFeeMsat: bigint, without = ''): bigint {
		return this.sum(now, maxFeeMsat, (hash) => hash !== without);
	}

	/** What stays spent even if no payment succeeds that this process is making now. */
	certainMsat(now: number, maxFeeMsat: bigint, without = ''): bigint {
		return this.sum(now, maxFeeMsat, (hash) => hash !== without && !this.beingPaid.has(hash));
	}

	/** When the next sats become free; null while all that counts is under way. */
	freeAt(now: number): number | null {
		const times = [...this.counted(now, 0n)].map(([, { at }]) => (at ?? Infinity) + DAY_MS);
		const first = Math.min(...times);
		return Number.isFinite(first) ? first : null;
	}

	private sum(now: number, maxFeeMsat: bigint, counts: (hash: string) => boolean): bigint {
		let sumMsat = 0n;
		for (const [hash, { msat }] of this.counted(now, maxFeeMsat)) {
			if (counts(hash)) sumMsat += msat;
		}
		return sumMsat;
	}

	private *counted(now: number, maxFeeMsat: bigint): Generator<[string, Counted]> {
		const listed = this.reading?.outflows ?? new Map<string, Outflow>();
		for (const hash of new Set([...listed.keys(), ...this.own.keys()])) {
			const counted = count(this.own.get(hash), listed.get(hash), maxFeeMsat);
			if (counted.msat > 0n && (counted.at ?? now) > now - DAY_MS) yield [hash, counted];
		}
	}
}

const books = new Map<string, DayBook>();
/** Wallets that change with every item must not pile up. */
const MOST_BOOKS = 1_000;

/** The book of a wallet, one for all executions of this process. `key`: `walletFingerprint`. */
export function dayBookOf(key: string): DayBook {
	const book = books.get(key) ?? new DayBook();
	books.delete(key);
	books.set(key, book);
	const oldest = books.size > MOST_BOOKS ? books.keys().next() : undefined;
	if (oldest?.done === false) books.delete(oldest.value);
	return book;
}
