import { InvoiceInvalid, tryDecodeInvoice } from '../../bolt11/invoice';
import { readWithdrawLink } from '../../lnurl/withdrawLink';
import type { OfferedRefund, RefundClaim } from '../report/offeredRefund';
import { textIn, type Entry } from './savedValues';

const LONGEST_TEXT = 500;
const MOST_SAT = 2_100_000_000_000_000;

/** A refund on offer out of a saved execution; null where there is none. */
export function readOfferedRefund(value: unknown): OfferedRefund | null {
	const { amountSat, said, link, text } = entryOf(value) ?? {};
	if (said !== 'pending' && said !== 'claimed' && said !== 'expired') return null;
	const isAmount = typeof amountSat === 'number' && Number.isInteger(amountSat);
	return {
		amountSat: isAmount && amountSat > 0 && amountSat <= MOST_SAT ? amountSat : null,
		said,
		// The address is what the link says, not what stands beside it.
		link: readWithdrawLink(entryOf(link)?.lnurl),
		text: textIn(text, LONGEST_TEXT),
	};
}

/**
 * A claim out of a saved execution: what its invoice says. Null where that is none, or asks for more
 * than was paid.
 */
export function readClaim(value: unknown, paidMsat: bigint): RefundClaim | null {
	const { invoice: text, walletKey, end } = entryOf(value) ?? {};
	const invoice = tryDecodeInvoice(textIn(text, Infinity) ?? '');
	if (invoice instanceof InvoiceInvalid || invoice.amountMsat === null) return null;
	const { paymentHash, amountMsat, expiresAt } = invoice;
	if (amountMsat <= 0n || amountMsat > paidMsat) return null;
	return {
		invoice: invoice.text,
		paymentHash,
		amountMsat: String(amountMsat),
		expiresAt,
		walletKey: textIn(walletKey, 64) ?? '',
		end: end === 'declined' ? 'declined' : 'unknown',
	};
}

function entryOf(value: unknown): Entry | null {
	return typeof value === 'object' && value !== null ? { ...value } : null;
}
