import { untold, type Outflow, type Page } from './spending';
import type { WalletUnavailable } from './unavailable';

/** Where a page begins in a list that is read by offset. */
export interface Place {
	readonly offset: number;
	/** The names in the page before: a server that does not know `offset` gives the same one again. */
	readonly before: string;
}

export const BEGINNING: Place = { offset: 0, before: '' };

/** No server is known that ends a page before so many, however many it was asked for. */
const SHORTEST_FULL_PAGE = 10;
/** So many times in a row are no slip of a clock. */
const TAIL = 10;

export interface RowsRead {
	/** How many rows were asked for. */
	readonly asked: number;
	/** The name of each row, in order. */
	readonly names: readonly string[];
	/** What has left by these rows. */
	readonly outflows: readonly Outflow[];
	/** Whether it is known that no row of interest follows. */
	readonly isLast: boolean;
}

/** The rows at a place as a page, and where the next one begins. */
export function pageAt(
	{ offset, before }: Place,
	{ asked, names, outflows, isLast }: RowsRead,
): Page<Place> | WalletUnavailable {
	const page = names.join();
	if (names.length > 0 && page === before) {
		return names.length < asked
			? { status: 'page', outflows: [], next: null }
			: untold('other', 'the wallet shows only the last of its payments');
	}
	const isEnd = isLast || names.length < SHORTEST_FULL_PAGE;
	const next = isEnd ? null : { offset: offset + names.length, before: page };
	return { status: 'page', outflows, next };
}

/**
 * Whether all that follows a page is older than `sinceAt`. One odd time says nothing: clocks are set,
 * and a list may be in another order than was asked for.
 */
export function isBehind(newestFirst: ReadonlyArray<number | null>, sinceAt: number): boolean {
	const times = newestFirst.map((at) => at ?? Infinity);
	const [first = Infinity] = times;
	const last = times[times.length - 1] ?? Infinity;
	if (last >= sinceAt) return false;
	const isFalling = times.every((at, index) => index === 0 || at <= (times[index - 1] ?? Infinity));
	return isFalling || (first > last && times.slice(-TAIL).every((at) => at < sinceAt));
}
