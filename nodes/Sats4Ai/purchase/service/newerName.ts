import type { HttpOutcome } from '../../l402/http';
import type { Order } from './order';

const GONE = [404, 405, 410];
const MOVED = [301, 302, 303, 307, 308];

/**
 * The order by the newer name of its endpoint, where the answer to the first one says that it is
 * gone, or leads to the newer one on the same host; null where there is no other name to try.
 */
export function byNewerName(order: Order, outcome: HttpOutcome): Order | null {
	const { newerName, isByNewerName, url } = order;
	if (newerName === undefined || isByNewerName === true || outcome.kind !== 'answer') return null;
	const { status, headers } = outcome;
	const renamed: Order = { ...order, isByNewerName: true };
	const hasMoved =
		MOVED.includes(status) && leadsTo(addressOf(renamed), headers.location ?? '', url);
	return hasMoved || GONE.includes(status) ? renamed : null;
}

/** Whether an answer says that nothing is served by this name. */
export function isGone(outcome: HttpOutcome): boolean {
	return outcome.kind === 'answer' && GONE.includes(outcome.status);
}

/** Where the order is to be sent. */
export function addressOf({ url, newerName, isByNewerName }: Order): string {
	return isByNewerName === true && newerName !== undefined ? new URL(newerName, url).href : url;
}

function leadsTo(wanted: string, location: string, from: string): boolean {
	if (!URL.canParse(location, from)) return false;
	const target = new URL(location, from);
	const { host, pathname } = new URL(wanted);
	return target.host === host && target.pathname.replace(/\/+$/, '') === pathname;
}
