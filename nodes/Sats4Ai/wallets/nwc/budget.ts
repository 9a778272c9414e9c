import { asInteger, type JsonObject } from '../json';
import { readTime, type Outflow, type SpendingTold } from '../spending';

/** The method; Alby Hub has it, the protocol does not. */
export const BUDGET = 'get_budget';
/** Wallets renew at midnight where they run, and one day of the year has 25 hours there. */
const LONGEST_DAY_MS = 25 * 60 * 60 * 1_000;
/** What Alby Hub sets aside for a payment under way: 1 %, and at least 10 sat. */ /** What Alby Hub sets aside for a payment under way: 1 %, and at least 10 sat. */
const RESERVE_MSAT = 10_000n;
/** Clocks differ, and wallets write whole seconds. */
const RECENT_MS = 120_000;

/**
 * A budget that renews every day says what this connection has used of it since it last did. Where
 * the list comes to less, it has left something out.
 */
export function atLeast(spending: SpendingTold, budget: JsonObject, askedAt: number): SpendingTold {
	const usedMsat = asInteger(budget.used_budget);
	const renewsAt = readTime(budget.renews_at);
	if (budget.renewal_period !== 'daily' || usedMsat === null || renewsAt === null) return spending;
	const renewedAt = renewsAt - LONGEST_DAY_MS;
	if (renewedAt > askedAt || renewsAt < askedAt) return spending;
	const listedMsat = spending.outflows
		.filter(({ at, isUnderWay }) => isUnderWay || at >= renewedAt)
		.reduce((sum, outflow) => sum + mostMsat(outflow, askedAt), 0n);
	const amountMsat = usedMsat - listedMsat;
	if (amountMsat <= 0n) return spending;
	const missing = { id: BUDGET, amountMsat, feeMsat: 0n, isUnderWay: false, at: askedAt };
	return { ...spending, outflows: [...spending.outflows, missing] };
}

/** What the wallet may have counted a payment for: with its reserve, while it was under way. */
function mostMsat({ amountMsat, feeMsat, isUnderWay, at }: Outflow, askedAt: number): bigint {
	const wasUnderWay = isUnderWay || at >= askedAt - RECENT_MS;
	const reserveMsat = RESERVE_MSAT + amountMsat / 100n;
	const feeOrNoneMsat = feeMsat ?? 0n;
	return amountMsat + (wasUnderWay && reserveMsat > feeOrNoneMsat ? reserveMsat : feeOrNoneMsat);
}
