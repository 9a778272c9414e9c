import { mintInvoice } from '../../../sandbox/mintInvoice';
import { decodeInvoice, type Invoice } from '../../../nodes/Sats4Ai/bolt11/invoice';
import { PurchaseFailure } from '../../../nodes/Sats4Ai/purchase/report/failure';
import {
	checkExpiry,
	checkLimits,
	invoiceLifeMs,
	isWithinLimits,
	offerOf,
	readOffer,
} from '../../../nodes/Sats4Ai/purchase/service/offer';
import { identifierFor, writeV2 } from '../../l402/macaroonWriter';

const NOW = 1_800_000_000_000;
const mint = (amountMsat: number | null = 5_500) =>
	mintInvoice(
		{ network: 'mainnet', amountMsat, description: 'x', createdAt: NOW, expirySeconds: 600 },
		Buffer.alloc(32, 7),
	);
const minted = mint();
const tokenFor = (paymentHash: string) =>
	writeV2({ identifier: identifierFor(paymentHash) }).toString('base64');
const header = (invoice: string, token = 'AAAA') => `L402 token="${token}", invoice="${invoice}"`;

/** What is said of the failure, without its stack. */
function failureOf(act: () => unknown) {
	try {
		act();
	} catch (cause) {
		if (cause instanceof PurchaseFailure) return cause.report;
		throw cause;
	}
	return null;
}

test('an offer is read, with its token and its invoice', () => {
	const token = tokenFor(minted.paymentHash);
	expect(readOffer(header(minted.text, token), NOW)).toMatchObject({
		challenge: { scheme: 'L402', token, invoice: minted.text },
		invoice: { paymentHash: minted.paymentHash },
		amountMsat: 5_500n,
	});
});

const REPORT = 'Nothing was paid. Run again; if it stays, report it to the service.';
test.each([
	[
		'Basic realm="x", Bearer y',
		'SCHEME_UNSUPPORTED',
		'The service asks for payment by Basic, Bearer, not by L402',
		"Nothing was paid. Check 'Base URL': this node pays L402 challenges only.",
	],
	[
		`${'S'.repeat(200)} a=b`,
		'SCHEME_UNSUPPORTED',
		`The service asks for payment by ${'S'.repeat(100)}, not by L402`,
		"Nothing was paid. Check 'Base URL': this node pays L402 challenges only.",
	],
	[
		'',
		'CHALLENGE_INVALID',
		'The service asked for payment in a form that cannot be read: it holds no challenge',
		REPORT,
	],
	[
		header('lnbc1'),
		'INVOICE_INVALID',
		'The invoice of the service is not one to pay: it is too short',
		REPORT,
	],
	[
		header(mint(null).text),
		'INVOICE_INVALID',
		'The invoice of the service is not one to pay: it names no amount',
		REPORT,
	],
	[
		header(minted.text, tokenFor('00'.repeat(32))),
		'HASH_MISMATCH',
		'The token and the invoice of the challenge belong to different payments',
		"Nothing was paid. Paying would buy nothing. Check 'Base URL' and report it to the service.",
	],
])('the challenge %# is refused before anything is paid', (text, code, message, hint) => {
	expect(failureOf(() => readOffer(text, NOW))).toEqual({ code, spent: 'no', message, hint });
});

test('an amount of zero is none, though no decoder of ours lets it through', () => {
	const invoice: Invoice = { ...decodeInvoice(minted.text), amountMsat: 0n };
	const challenge = { scheme: 'L402', token: 'AAAA', invoice: minted.text } as const;
	expect(failureOf(() => offerOf(challenge, invoice))?.message).toBe(
		'The invoice of the service is not one to pay: its amount is zero',
	);
	expect(offerOf(challenge, { ...invoice, amountMsat: 1n }).amountMsat).toBe(1n);
});

test('five seconds before its end an invoice is not paid any more', () => {
	const end = NOW + 600_000;
	expect(failureOf(() => checkExpiry(end, end - 5_001))).toBeNull();
	const expired = {
		code: 'INVOICE_EXPIRED',
		spent: 'no',
		message: 'The invoice has expired or is about to',
		hint: "Nothing was paid. Run again for a new invoice. If it stays, check this machine's clock.",
	};
	expect(failureOf(() => checkExpiry(end, end - 5_000))).toEqual(expired);
	expect(failureOf(() => readOffer(header(minted.text), end))).toEqual(expired);
});

const invoice = decodeInvoice(minted.text);
const offer = {
	challenge: { scheme: 'L402', token: 'AAAA', invoice: minted.text } as const,
	invoice,
	amountMsat: 5_500n,
};
test.each([
	[5_500n, 5_500n, null],
	[9_000n, 9_000n, null],
	[5_499n, 9_000n, "'Max Price (Sats)' in the node"],
	[9_000n, 5_499n, "'Max Payment (Sats)' in the credential"],
	[5_000n, 5_000n, "'Max Price (Sats)' in the node"],
])('limits of %d and %d msat', (maxPriceMsat, maxPaymentMsat, where) => {
	const limits = { maxPriceMsat, maxPaymentMsat, network: 'mainnet' } as const;
	expect(isWithinLimits(invoice, limits)).toBe(where === null);
	const failure = failureOf(() => checkLimits(offer, limits));
	if (where === null) return expect(failure).toBeNull();
	expect(failure).toEqual({
		code: 'PRICE_OVER_LIMIT',
		spent: 'no',
		message: expect.stringMatching(/^The price is 6 sats, above your limit of [45] sats$/),
		hint: `Nothing was paid. Raise ${where} if the price is right.`,
	});
});

test('another network is refused', () => {
	const limits = { maxPriceMsat: 9_000n, maxPaymentMsat: 9_000n, network: 'regtest' } as const;
	expect(isWithinLimits(invoice, limits)).toBe(false);
	expect(failureOf(() => checkLimits(offer, limits))).toEqual({
		code: 'NETWORK_MISMATCH',
		spent: 'no',
		message: 'The invoice is for mainnet, the wallet is set to regtest',
		hint: "Nothing was paid. Correct 'Network' in the credential, or 'Base URL' in the node.",
	});
});

test.each([[null], [0n]])('an amount of %s is within no limits', (amountMsat) => {
	const limits = { maxPriceMsat: 9_000n, maxPaymentMsat: 9_000n, network: 'mainnet' } as const;
	expect(isWithinLimits({ ...invoice, amountMsat }, limits)).toBe(false);
	expect(isWithinLimits({ ...invoice, amountMsat: 1n }, limits)).toBe(true);
});

test('an invoice lives from its making to its expiry, and never less than not at all', () => {
	expect(invoiceLifeMs(invoice)).toBe(600_000);
	expect(invoiceLifeMs({ ...invoice, expiresAt: 5 })).toBe(0);
});
