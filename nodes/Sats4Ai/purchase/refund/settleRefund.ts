import { sats } from '../../bolt11/amountText';
import type { Ledger } from '../books/ledger';
import type { OpenPurchase } from '../books/openPurchase';
import type { RefundTaker } from '../ports';
import { PurchaseFailure, type RefundReport } from '../report/failure';
import { readRefund, refundReport, type RefundState } from '../report/offeredRefund';
import { satOf } from '../report/receipt';
import { claimRefund, lookAt } from './claimRefund';

/**
 * The failure of a paid purchase with what became of its refund, if the service has offered one.
 * Where the user wants that and the service has just refused for good, the refund is claimed; once
 * it has arrived, the purchase is closed.
 */
export async function settleRefund(
	failure: PurchaseFailure,
	purchase: OpenPurchase,
	ledger: Ledger,
	taker: RefundTaker | null,
): Promise<PurchaseFailure> {
	const { paymentHash } = purchase;
	const offered = readRefund(failure.details.service?.refund);
	const isBetter = offered !== null && (offered.link !== null || purchase.refund === undefined);
	if (isBetter) ledger.update(paymentHash, { refund: offered });
	const open = ledger.get(paymentHash);
	if (open?.refund === undefined) return failure;
	const isRefused = open.refusedAt !== purchase.refusedAt;
	const state =
		taker !== null && isRefused
			? await claimRefund(open, open.refund, ledger, taker)
			: standingOf(open);
	const latest = ledger.get(paymentHash) ?? open;
	const isAll = state.status === 'claimed' && givesAllBack(latest);
	if (isAll) ledger.close(latest, 'refunded');
	const report = refundReport(open.refund, latest.claim, state);
	return withRefund(failure, report, satOf(BigInt(open.amountMsat)), isAll);
}

/**
 * Whether the refund of an earlier try has arrived meanwhile; if so, the purchase is closed. Only
 * looked for where this node has asked for it, and the user still wants that.
 */
export async function hasComeBack(
	purchase: OpenPurchase,
	ledger: Ledger,
	taker: RefundTaker | null,
): Promise<boolean> {
	const { claim } = purchase;
	if (claim === undefined || taker === null) return false;
	// Less than was paid leaves the purchase as it is: paid, and not delivered.
	if (!givesAllBack(purchase)) return false;
	const state = await lookAt(claim, taker, ledger);
	if (state?.status !== 'claimed') return false;
	ledger.close(purchase, 'refunded');
	return true;
}

/** Whether a claim is for all that was paid, but for the part of a sat that some wallets drop. */
function givesAllBack({ amountMsat, claim }: OpenPurchase): boolean {
	if (claim === undefined) return false;
	const claimedMsat = BigInt(claim.amountMsat);
	const missingMsat = BigInt(amountMsat) - claimedMsat;
	return missingMsat <= 0n || (claimedMsat >= 1_000n && missingMsat < 1_000n);
}

/** What is known of a refund that nobody asks for now. */
function standingOf({ claim }: OpenPurchase): RefundState {
	return { status: claim?.end === 'unknown' ? 'unknown' : 'offered', reason: null };
}

/** The failure of a redeemed payment: there a refund is shown, and never claimed. */
export function showRefund(failure: PurchaseFailure): PurchaseFailure {
	const offered = readRefund(failure.details.service?.refund);
	if (offered === null) return failure;
	const report = refundReport(offered, undefined, { status: 'offered', reason: null });
	return withRefund(failure, report, null, false);
}

function withRefund(
	failure: PurchaseFailure,
	refund: RefundReport,
	priceSat: number | null,
	isClosed: boolean,
): PurchaseFailure {
	const details = { ...failure.details, refund };
	if (refund.status === 'claimed') {
		const message = `${failure.message}. Its refund of ${sats(refund.amountSat ?? 0)} has arrived in the wallet`;
		const came = `Of ${sats(priceSat ?? 0)} paid, ${refund.amountSat ?? 0} came back; a routing fee does not.`;
		const next = isClosed
			? 'This purchase is closed: run again to buy the picture anew.'
			: 'That is not all of it, so the purchase stays open, as one that the service has refused: it is not bought again yet. Ask the service for the rest.';
		const hint = `${came} ${next}`;
		return new PurchaseFailure(failure.code, message, hint, details);
	}
	const hint = `${failure.hint} ${sentence(refund)}`;
	return new PurchaseFailure(failure.code, failure.message, hint, details);
}

function sentence({ status, amountSat, reason }: RefundReport): string {
	const amount = amountSat === null ? '' : ` of ${sats(amountSat)}`;
	const why = reason === undefined ? '' : ` It was not claimed: ${reason}.`;
	switch (status) {
		case 'unknown':
			return `A refund${amount} is claimed and not seen to have arrived: ${reason ?? 'it was not looked for'}. Run again: the wallet is asked first, and it is never claimed with a second invoice. Or look for refund.paymentHash among the wallet's incoming payments.`;
		case 'gone':
			return 'The service says that its refund was claimed already.';
		case 'expired':
			return 'The service says that its refund has expired.';
		case 'unreadable':
			return 'The service offers a refund in a form that is not known here: see service.refund in this error.';
		default:
			return `The service offers a refund${amount}: open refund.lightningUri of this error in a wallet.${why}`;
	}
}
