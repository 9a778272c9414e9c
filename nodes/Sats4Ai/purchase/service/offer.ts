import { sats } from '../../bolt11/amountText';
import type { Network } from '../../bolt11/prefix';
import { parseChallenge, type Challenge } from '../../l402/challenge';
import { InvoiceInvalid, tryDecodeInvoice, type Invoice } from '../../bolt11/invoice';
import { tokenCommitsTo } from '../../l402/token';
import { PurchaseFailure } from '../report/failure';
import { satOf } from '../report/receipt';

/** A challenge whose invoice passed every check that needs no limits. */
export interface Offer {
	readonly challenge: Challenge;
	readonly invoice: Invoice;
	readonly amountMsat: bigint;
}

export interface PriceLimits {
	/** The workflow's limit for one picture. */
	readonly maxPriceMsat: bigint;
	/** The credential's limit for any payment. */
	readonly maxPaymentMsat: bigint;
	readonly network: Network;
}

/** An invoice closer to its expiry than this is not paid: the payment needs time to arrive. */
const SHORTEST_LIFE_MS = 5_000;
const NOTHING_PAID = 'Nothing was paid.';

/**
 * Reads the offer out of a 402's `WWW-Authenticate`. Throws a `PurchaseFailure` with `spent: no`
 * where anything is odd: an invoice that cannot be fully understood is not paid.
 */
export function readOffer(header: string, now: number): Offer {
	const outcome = parseChallenge(header);
	if (outcome.status === 'unsupported') {
		throw new PurchaseFailure(
			'SCHEME_UNSUPPORTED',
			`The service asks for payment by ${outcome.schemes.join(', ').slice(0, 100)}, not by L402`,
			`${NOTHING_PAID} Check 'Base URL': this node pays L402 challenges only.`,
		);
	}
	if (outcome.status === 'invalid') {
		throw new PurchaseFailure(
			'CHALLENGE_INVALID',
			`The service asked for payment in a form that cannot be read: ${outcome.reason}`,
			`${NOTHING_PAID} Run again; if it stays, report it to the service.`,
		);
	}
	const { challenge } = outcome;
	const invoice = tryDecodeInvoice(challenge.invoice);
	if (invoice instanceof InvoiceInvalid) throw invoiceInvalid(invoice.reason);
	const offer = offerOf(challenge, invoice);
	checkExpiry(invoice.expiresAt, now);
	return offer;
}

/**
 * A challenge and its decoded invoice as an offer. Throws `INVOICE_INVALID` without an amount,
 * `HASH_MISMATCH` where the token is for another payment.
 */
export function offerOf(challenge: Challenge, invoice: Invoice): Offer {
	if (invoice.amountMsat === null) throw invoiceInvalid('it names no amount');
	if (invoice.amountMsat <= 0n) throw invoiceInvalid('its amount is zero');
	if (tokenCommitsTo(challenge.token, invoice.paymentHash) === 'no') {
		throw new PurchaseFailure(
			'HASH_MISMATCH',
			'The token and the invoice of the challenge belong to different payments',
			`${NOTHING_PAID} Paying would buy nothing. Check 'Base URL' and report it to the service.`,
		);
	}
	return { challenge, invoice, amountMsat: invoice.amountMsat };
}

/** Throws `INVOICE_EXPIRED` where an invoice has no time left to be paid in. Times in ms. */
export function checkExpiry(expiresAt: number, now: number): void {
	if (now + SHORTEST_LIFE_MS < expiresAt) return;
	throw new PurchaseFailure(
		'INVOICE_EXPIRED',
		'The invoice has expired or is about to',
		`${NOTHING_PAID} Run again for a new invoice. If it stays, check this machine's clock.`,
	);
}

/** Throws where the offer is for another network or dearer than the user allows. */
export function checkLimits(offer: Offer, limits: PriceLimits): void {
	if (offer.invoice.network !== limits.network) {
		throw new PurchaseFailure(
			'NETWORK_MISMATCH',
			`The invoice is for ${offer.invoice.network}, the wallet is set to ${limits.network}`,
			`${NOTHING_PAID} Correct 'Network' in the credential, or 'Base URL' in the node.`,
		);
	}
	const limitMsat = lowest(limits);
	if (offer.amountMsat <= limitMsat) return;
	const where =
		limits.maxPriceMsat <= limits.maxPaymentMsat
			? "'Max Price (Sats)' in the node"
			: "'Max Payment (Sats)' in the credential";
	throw new PurchaseFailure(
		'PRICE_OVER_LIMIT',
		`The price is ${sats(satOf(offer.amountMsat))}, above your limit of ${sats(limitMsat / 1000n)}`,
		`${NOTHING_PAID} Raise ${where} if the price is right.`,
	);
}

/** Whether an invoice may be paid under these limits, its network being one of them. */
export function isWithinLimits({ network, amountMsat }: Invoice, limits: PriceLimits): boolean {
	if (network !== limits.network || amountMsat === null) return false;
	return amountMsat > 0n && amountMsat <= lowest(limits);
}

/** From its making to its expiry, in milliseconds: by no clock but that of whoever made it. */
export function invoiceLifeMs({ expiresAt, timestamp }: Invoice): number {
	return Math.max(0, expiresAt - timestamp * 1_000);
}

function lowest({ maxPriceMsat, maxPaymentMsat }: PriceLimits): bigint {
	return maxPriceMsat < maxPaymentMsat ? maxPriceMsat : maxPaymentMsat;
}

function invoiceInvalid(reason: string): PurchaseFailure {
	return new PurchaseFailure(
		'INVOICE_INVALID',
		`The invoice of the service is not one to pay: ${reason}`,
		`${NOTHING_PAID} Run again; if it stays, report it to the service.`,
	);
}
