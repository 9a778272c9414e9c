import { exactSats } from '../../bolt11/amountText';
import type { WithdrawOffer } from '../../lnurl/withdrawOffer';
import type { Ledger } from '../books/ledger';
import type { OpenPurchase } from '../books/openPurchase';
import type { RefundTaker } from '../ports';
import type { OfferedRefund, RefundClaim, RefundState } from '../report/offeredRefund';
import { askToWithdraw, handIn } from './withdrawal';

const LOOKUP_TIMEOUT_MS = 10_000;
const INVOICE_TIMEOUT_MS = 15_000;
/** A day, so that a service that pays later, or a *Retry* the next morning, still finds it good. */
const INVOICE_EXPIRY_SECONDS = 86_400;
const MEMO = 'Refund of a picture';

/**
 * Takes the money back by LNURL-withdraw (LUD-03), with one invoice for ever: it is written down
 * before the service hears of it, and whatever is tried again is tried with the same one, which
 * the service can pay once only. `claimed` is what the wallet confirms, not what the service says.
 */
export async function claimRefund(
	purchase: OpenPurchase,
	refund: OfferedRefund,
	ledger: Ledger,
	taker: RefundTaker,
): Promise<RefundState> {
	const { clock } = taker;
	const { claim: earlier } = purchase;
	if (earlier !== undefined) {
		const state = await lookAt(earlier, taker, ledger);
		if (state !== null) return state;
	}
	/** The state as it was before: a refund that may be on its way stays *unknown*. */
	const unchanged = (reason: string | null): RefundState => ({
		status: earlier?.end === 'unknown' ? 'unknown' : 'offered',
		reason,
	});
	const { link } = refund;
	if (link === null || refund.said !== 'pending') return unchanged(null);
	if (clock.cancelled()) return unchanged('the run was stopped');
	const deadlineAt = clock.elapsedMs() + taker.timeoutMs;
	const asked = await askToWithdraw(link.url, deadlineAt, taker);
	if (asked.status !== 'offer') return unchanged(`the link gives nothing: ${asked.reason}`);
	const claim = earlier ?? (await prepare(purchase, refund, asked.offer, taker));
	if (typeof claim === 'string') return unchanged(claim);
	if (!isWithin(BigInt(claim.amountMsat), asked.offer)) {
		return unchanged(
			`the link no longer pays the ${exactSats(BigInt(claim.amountMsat))} asked for`,
		);
	}
	if (clock.cancelled()) return unchanged('the run was stopped');
	if (!enterClaim(ledger, purchase, link.url, { ...claim, end: 'unknown' })) {
		return unchanged('another purchase has asked for its refund by the same link');
	}
	const handedIn = await handIn(asked.offer, claim, deadlineAt, taker);
	if (handedIn.status !== 'declined') return handedIn;
	if (earlier?.end !== 'unknown') ledger.update(purchase.paymentHash, { claim });
	return unchanged(handedIn.reason);
}

/** What an earlier claim has come to; null where it is worth asking again. */
export async function lookAt(
	claim: RefundClaim,
	taker: RefundTaker,
	{ refundBook }: Ledger,
): Promise<RefundState | null> {
	const { clock, receiver, walletKey } = taker;
	const record = await receiver.lookupReceived(claim.paymentHash, LOOKUP_TIMEOUT_MS);
	if (record.status === 'received') return { status: 'claimed' };
	const unknown = (reason: string): RefundState => ({ status: 'unknown', reason });
	if (claim.walletKey !== walletKey) {
		return unknown(
			'it was asked for with a wallet of another address or secret than the one set now',
		);
	}
	// Saved books may name anybody's invoice: it is handed in again only if the wallet knows it.
	if (record.status === 'unknown' && !refundBook.hasMade(claim.paymentHash)) {
		return unknown('the wallet does not know the invoice');
	}
	if (clock.now() < claim.expiresAt) return null;
	const isOver = record.status === 'expired' || claim.end !== 'unknown';
	return isOver
		? { status: 'offered', reason: 'this node has asked for it, and was not paid within a day' }
		: { status: 'unknown', reason: 'the wallet does not say whether it has arrived' };
}

/** Has the wallet make the one invoice of this refund, or says why there is none. */
async function prepare(
	purchase: OpenPurchase,
	refund: OfferedRefund,
	offer: WithdrawOffer,
	{ receiver, network, walletKey, timeoutMs }: RefundTaker,
): Promise<RefundClaim | string> {
	const amountMsat = refundMsat(BigInt(purchase.amountMsat), refund.amountSat, offer);
	if (amountMsat === null) {
		return `the link pays from ${exactSats(offer.minMsat)} to ${exactSats(offer.maxMsat)}, which is not what was paid and offered`;
	}
	const made = await receiver.makeInvoice({
		amountMsat,
		network,
		memo: MEMO,
		expirySeconds: INVOICE_EXPIRY_SECONDS,
		timeoutMs: Math.min(INVOICE_TIMEOUT_MS, timeoutMs),
	});
	if (made.status !== 'made') return `the wallet made no invoice: ${made.reason}`;
	const { text: invoice, paymentHash, expiresAt } = made;
	const amount = String(amountMsat);
	return { invoice, paymentHash, amountMsat: amount, expiresAt, walletKey, end: 'declined' };
}

type Bounds = Pick<WithdrawOffer, 'minMsat' | 'maxMsat'>;

/**
 * How much to ask for: what was paid, or less where less is offered or where the link pays less. null
 * where the link pays only more than what was paid: it is not for this refund, and may be a trap. In
 * whole sats where the link allows it, since some wallets know no smaller unit.
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

/** Writes down that a refund is about to be asked for; false where another purchase has done so. */
function enterClaim(
	ledger: Ledger,
	{ paymentHash }: OpenPurchase,
	link: string,
	claim: RefundClaim,
): boolean {
	const isEntered = ledger.refundBook.enter(paymentHash, link, claim.paymentHash);
	if (isEntered) ledger.update(paymentHash, { claim });
	return isEntered;
}
