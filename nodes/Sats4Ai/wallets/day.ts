import type { Outflow } from './spending';

/** Any 24 hours, not a day of the calendar: time zones and summer time play no part. */
export const DAY_MS = 24 * 60 * 60 * 1_000;
/** What is asked for to know a day: a payment may have been begun a day before it leaves. */
export const LOOK_BACK_MS = 2 * DAY_MS;

/** Each payment once: of two records of one, that by which more has left. */
export function eachOnce(outflows: readonly Outflow[]): ReadonlyMap<string, Outflow> {
	const byId = new Map<string, Outflow>();
	for (const outflow of outflows) {
		const known = byId.get(outflow.id);
		if (known === undefined || isMore(outflow, known)) byId.set(outflow.id, outflow);
	}
	return byId;
}

/** What has left within the 24 hours before `now`, and what is under way; of this the fee is left out. */
export function spentMsat(outflows: readonly Outflow[], now: number): bigint {
	let sumMsat = 0n;
	for (const { at, amountMsat, feeMsat, isUnderWay } of eachOnce(outflows).values()) {
		if (isUnderWay || at > now - DAY_MS) sumMsat += amountMsat + (feeMsat ?? 0n);
	}
	return sumMsat;
}

function isMore(one: Outflow, other: Outflow): boolean {
	if (one.isUnderWay !== other.isUnderWay) return other.isUnderWay;
	return one.amountMsat + (one.feeMsat ?? 0n) > other.amountMsat + (other.feeMsat ?? 0n);
}
