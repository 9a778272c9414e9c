import { ALL_SAT } from '../../bolt11/prefix';
import { readWithdrawLink, type WithdrawLink } from '../../lnurl/withdrawLink';
import type { RefundReport } from './failure';

/** The money back for a paid call that failed, as the service offers it. Plain JSON. */
export interface OfferedRefund {
	/** In the service's words; null where it names no whole number of sats above zero. */
	readonly amountSat: number | null;
	/** Whether the service says that it was taken, or that it is too late. */
	readonly said: 'pending' | 'claimed' | 'expired';
	/** null where what stands in its place is no link that wallets know. */
	readonly link: WithdrawLink | null;
	/** What stands in the place of the link, cut to a length that can be shown. */
	readonly text: string | null;
}

/** A refund that this node has asked for, or is about to. Plain JSON. */
export interface RefundClaim {
	/** Our own invoice. It is to be paid by the service, and never by us. */
	readonly invoice: string;
	readonly paymentHash: string;
	/** Decimal. */
	readonly amountMsat: string;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
	/** Which wallet the money goes to, without its secret. */
	readonly walletKey: string;
	/** unknown: it may be on its way. declined: the service said no, or was never asked. */
	readonly end: 'unknown' | 'declined';
}

/** How a refund stands after a look at it. */
export type RefundState =
	| { readonly status: 'offered' | 'unknown'; readonly reason: string | null }
	| { readonly status: 'claimed' };

const LONGEST_TEXT = 500;

/** Reads the refund object of a failed paid call, which may be anything; null where there is none. */
export function readRefund(refund: unknown): OfferedRefund | null {
	if (refund === null || refund === undefined) return null;
	const fields: Record<string, unknown> = typeof refund === 'object' ? { ...refund } : {};
	const { lnurl_withdraw: link, refund_amount: amount, status } = fields;
	const isAmount = typeof amount === 'number' && Number.isInteger(amount);
	return {
		amountSat: isAmount && amount > 0 && amount <= ALL_SAT ? amount : null,
		said: status === 'claimed' || status === 'expired' ? status : 'pending',
		link: readWithdrawLink(link),
		text: typeof link === 'string' ? shown(link) : null,
	};
}

/** The refund as users see it. A link is shown only while there is something to take by it. */
export function refundReport(
	refund: OfferedRefund,
	claim: RefundClaim | undefined,
	state: RefundState,
): RefundReport {
	const { amountSat, said, link, text } = refund;
	if (state.status === 'claimed') return { status: 'claimed', ...claimedBy(claim) };
	const hasClaim = state.status === 'unknown' ? claimedBy(claim) : {};
	const reason = state.reason === null ? {} : { reason: state.reason };
	if (link === null) return { status: 'unreadable', amountSat, text, ...hasClaim, ...reason };
	const isOver = said !== 'pending' && state.status !== 'unknown';
	if (isOver) return { status: said === 'claimed' ? 'gone' : 'expired', amountSat, ...reason };
	const { lnurl } = link;
	const lightningUri = `lightning:${lnurl}`;
	return { status: state.status, amountSat, lnurl, lightningUri, ...hasClaim, ...reason };
}

function claimedBy(claim: RefundClaim | undefined) {
	const amountSat = claim === undefined ? null : Number(BigInt(claim.amountMsat) / 1000n);
	return { amountSat, ...(claim === undefined ? {} : { paymentHash: claim.paymentHash }) };
}

function shown(text: string): string {
	return text.replace(/\p{Cc}+/gu, ' ').slice(0, LONGEST_TEXT);
}
