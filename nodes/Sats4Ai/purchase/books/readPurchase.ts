import { InvoiceInvalid, tryDecodeInvoice } from '../../bolt11/invoice';
import { isToken } from '../../l402/challenge';
import { preimageProves } from '../../l402/preimage';
import { tokenCommitsTo } from '../../l402/token';
import { WALLET_NAMES } from '../../wallets/wallet';
import type { OpenPurchase } from './openPurchase';
import { readClaim, readOfferedRefund } from './readRefund';
import { decimalIn, textIn, timeIn, type Entry } from './savedValues';

const DIGEST = /^[0-9a-f]{64}$/;
const KEY = /^[0-9a-f]{0,64}$/;
const LONGEST_TOKEN = 65_536;
const LONGEST_LINK = 8_192;

/**
 * An open purchase out of a saved execution, where anybody may have written to it. What its payment
 * is, is read from the invoice alone, whatever stands beside it; the token must not be for another;
 * paid is what the preimage proves. Null where it is not enough to finish anything by.
 */
export function readPurchase(entry: Entry): OpenPurchase | null {
	const invoice = tryDecodeInvoice(textIn(entry.invoice, Infinity) ?? '');
	if (invoice instanceof InvoiceInvalid || invoice.amountMsat === null) return null;
	const { paymentHash, amountMsat, expiresAt } = invoice;
	const token = textIn(entry.token, LONGEST_TOKEN) ?? '';
	if (amountMsat <= 0n || !isToken(token) || tokenCommitsTo(token, paymentHash) === 'no') {
		return null;
	}
	const digest = textIn(entry.digest, 64) ?? '';
	const { itemIndex } = entry;
	if (!DIGEST.test(digest) || !isIndex(itemIndex)) return null;
	const proof = textIn(entry.preimage, 64);
	const preimage = preimageProves(proof, paymentHash) ? (proof ?? '').toLowerCase() : null;
	const refund = readOfferedRefund(entry.refund);
	const claim = readClaim(entry.claim, amountMsat);
	return {
		digest,
		itemIndex,
		buyer: keyIn(entry.buyer),
		family: keyIn(entry.family),
		scheme: entry.scheme === 'LSAT' ? 'LSAT' : 'L402',
		token,
		invoice: invoice.text,
		paymentHash,
		amountMsat: String(amountMsat),
		maxFeeMsat: decimalIn(entry.maxFeeMsat) ?? '0',
		expiresAt,
		wallet: WALLET_NAMES.find((name) => name === entry.wallet) ?? null,
		walletKey: keyIn(entry.walletKey),
		status: preimage === null ? 'paying' : 'paid',
		preimage,
		feeMsat: preimage === null ? null : decimalIn(entry.feeMsat),
		paidAt: preimage === null ? null : dateIn(entry.paidAt),
		imageUrl: linkIn(entry.imageUrl),
		refusedAt: timeIn(entry.refusedAt),
		unservedSince: timeIn(entry.unservedSince),
		letGoAt: timeIn(entry.letGoAt),
		...(entry.isLineLost === true ? { isLineLost: true } : {}),
		...(entry.isByNewerName === true ? { isByNewerName: true } : {}),
		...(refund === null ? {} : { refund }),
		...(refund === null || claim === null ? {} : { claim }),
	};
}

export function isIndex(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function keyIn(value: unknown): string {
	const key = textIn(value, 64) ?? '';
	return KEY.test(key) ? key : '';
}

function dateIn(value: unknown): string | null {
	const text = textIn(value, 40);
	return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

function linkIn(value: unknown): string | null {
	const text = textIn(value, LONGEST_LINK);
	return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : null;
}
