import type { FailureCause } from '../l402/payer';
import type { WalletUnavailable } from './unavailable';

/**
 * What has left a wallet, by its own records: whoever paid, from whatever machine. Times are those of
 * the wallet's clock, in milliseconds since 1970 (UTC).
 */
export interface Outflow {
	/** The payment hash, or another name of the wallet's for what has none. */
	readonly id: string;
	/** Without the fee. Not below zero. */
	readonly amountMsat: bigint;
	/** null where it is not known, or not final yet. Not below zero. */
	readonly feeMsat: bigint | null;
	/** Not settled, and not proven to have failed. */
	readonly isUnderWay: boolean;
	/** When it left; of what is under way, when it was begun. */
	readonly at: number;
}

export interface SpendingQuestion {
	/** What was begun before this is not asked for. Milliseconds since 1970. */
	readonly sinceAt: number;
	/** For all pages together. */
	readonly timeoutMs: number;
	/** What the reading before gave, so that its way need not be found again; null for the first. */
	readonly bookmark: string | null;
}

export interface SpendingTold {
	readonly status: 'told';
	/** Without those that failed. May go back further than was asked for. */
	readonly outflows: readonly Outflow[];
	readonly bookmark: string | null;
}

export type Spending = SpendingTold | WalletUnavailable;

/** A wallet that keeps books. */
export interface Spender {
	/**
	 * Reads what has left the wallet, to the end of the time asked for. Never pays, never throws.
	 * *unavailable* where it cannot be read to the end: a part is no answer.
	 */
	spentSince(question: SpendingQuestion): Promise<Spending>;
}

/** Part of a list, and where the rest begins; null: this was the end. */
export interface Page<Cursor> {
	readonly status: 'page';
	readonly outflows: readonly Outflow[];
	readonly next: Cursor | null;
}

/** So many pages are read: a wallet that pays more often in two days is not for a cap. */
const MOST_PAGES = 100;

/** Reads a list page by page, at most `MOST_PAGES` and no longer than `timeoutMs`. */
export async function readPages<Cursor>(
	first: Cursor,
	readPage: (cursor: Cursor, timeoutMs: number) => Promise<Page<Cursor> | WalletUnavailable>,
	timeoutMs: number,
	elapsedMs: () => number,
): Promise<Spending> {
	const endAt = elapsedMs() + timeoutMs;
	const outflows: Outflow[] = [];
	let cursor: Cursor | null = first;
	for (let pages = 0; pages < MOST_PAGES; pages += 1) {
		const leftMs = endAt - elapsedMs();
		if (leftMs <= 0) return untold('unreachable', 'the list of payments did not end in time');
		const page: Page<Cursor> | WalletUnavailable = await readPage(cursor, leftMs);
		if (page.status !== 'page') return page;
		outflows.push(...page.outflows);
		if (page.next === null) return told(outflows);
		cursor = page.next;
	}
	return untold('other', 'there are too many payments to add up');
}

export function told(outflows: readonly Outflow[], bookmark: string | null = null): SpendingTold {
	return { status: 'told', outflows, bookmark };
}

export function untold(cause: FailureCause, reason: string): WalletUnavailable {
	return { status: 'unavailable', cause, reason };
}

/** A list that holds something that cannot be read: what it says is no sum. */
export function unreadable(walletTitle: string): WalletUnavailable {
	return untold('unreachable', `${walletTitle} gave a list of payments that cannot be read`);
}

/** The wallet may not show its payments, and what it takes that it may. */
export function notAllowed(reason: string, right: string): WalletUnavailable {
	return untold('unauthorized', `${reason}; to add up what is spent it takes ${right}`);
}

/**
 * A time as wallets write it: seconds, milli-, micro- or nanoseconds since 1970 as a number or as
 * digits, or ISO 8601, without a zone in UTC. In milliseconds; null where it is none of these.
 */
export function readTime(value: unknown): number | null {
	const digits = typeof value === 'string' && /^\d{1,19}(\.\d+)?$/.test(value);
	const count = digits ? Number(value) : value;
	if (typeof count === 'number') {
		if (!(count > 0)) return null;
		if (count < 1e11) return Math.floor(count * 1_000);
		if (count < 1e14) return Math.floor(count);
		return Math.floor(count / (count < 1e17 ? 1e3 : 1e6));
	}
	const iso = typeof count === 'string' ? ISO_TIME.exec(count.trim()) : null;
	if (iso === null) return null;
	const zone = iso[3] ?? 'Z';
	// PostgreSQL leaves the minutes out where there are none.
	const at = Date.parse(`${iso[1]}T${iso[2]}${zone.length === 3 ? `${zone}:00` : zone}`);
	return Number.isNaN(at) ? null : at;
}

const ISO_TIME =
	/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)\d*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
