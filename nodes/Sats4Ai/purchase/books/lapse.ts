import type { OpenPurchase } from './openPurchase';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * A payment can be held up for as long as its time locks run: two weeks, since no common node sends
 * one over more than 2,016 blocks. Twice that, for slow blocks.
 */
const UNSETTLED_FOR_MS = 28 * DAY_MS;

/**
 * Whether new runs no longer find an open purchase. One that the service has refused for good is
 * offered again for an hour only; one that it fails to serve, until an error has said that it is let
 * go; one whose payment nobody can tell the end of, until no payment can be under way any more:
 * until then a new run cannot buy it a second time by accident, after that it can.
 */
export function hasLapsed(purchase: OpenPurchase, now: number): boolean {
	const { status, expiresAt, refusedAt, letGoAt } = purchase;
	if (now - expiresAt > UNSETTLED_FOR_MS) return true;
	if (status === 'paying') return false;
	return letGoAt !== null || (refusedAt !== null && now - refusedAt > HOUR_MS);
}

/** What is written down of a paid purchase that the service has just failed to serve. */
export function unserved(
	{ unservedSince }: OpenPurchase,
	now: number,
): Pick<OpenPurchase, 'unservedSince' | 'letGoAt'> {
	const since = unservedSince ?? now;
	return { unservedSince: since, letGoAt: now - since > DAY_MS ? now : null };
}
