import type { WithdrawOffer } from '../../lnurl/withdrawOffer';

type Bounds = Pick<WithdrawOffer, 'minMsat' | 'maxMsat'>;

/**
 * How much to ask for: what was paid, or less where less is offered or the link pays no more. A
 * link that pays only more than what was paid is none for this refund, and leads to null: asking
 * for money that was never ours could be somebody's trap, and is somebody's mistake. In whole sats
 * where the link allows it, since some wallets count in no less.
 */
export function refundMsat(
	paidMsat: bigint,
	offeredSat: number | null,
	bounds: Bounds,
): bigint | null {
	const offeredMsat = offeredSat === null ? paidMsat : BigInt(offeredSat) * 1000n;
	const mostMsat = [offeredMsat, bounds.maxMsat].reduce((a, b) => (a < b ? a : b), paidMsat);
	const wholeMsat = mostMsat - (mostMsat % 1000n);
	const amountMsat = wholeMsat > 0n && isWithin(wholeMsat, bounds) ? wholeMsat : mostMsat;
	return isWithin(amountMsat, bounds) ? amountMsat : null;
}

/** Whether a link pays exactly this amount. */
export function isWithin(amountMsat: bigint, { minMsat, maxMsat }: Bounds): boolean {
	return minMsat <= amountMsat && amountMsat <= maxMsat;
}
