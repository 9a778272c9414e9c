import { readLnbitsLookup, readLnbitsPayment } from '../../../nodes/Sats4Ai/wallets/lnbits/answer';
import { answered, HASH, PREIMAGE } from '../answers';

const detail = (text: string, status?: string) => ({ detail: text, status });
const pay = (status: number, body: object | string) =>
	readLnbitsPayment(answered(status, body), HASH);
const lookUp = (status: number, body: object | string) =>
	readLnbitsLookup(answered(status, body), HASH);
const payment = (change: object) => ({ payment_hash: HASH, amount: -5, fee: -1, ...change });

test.each([
	['Insufficient balance.', 'balance'],
	['insufficient balance', 'balance'],
	['Not Insufficient balance', 'other'],
	['You must reserve at least 2 sat', 'balance'],
	['Sorry, You must reserve at least 2 sat', 'other'],
	['Amountless invoices not supported.', 'rejected'],
	['Bolt11 is wrong', 'rejected'],
	['Invalid invoice', 'rejected'],
	['Only incoming payments', 'rejected'],
	['An Invalid invoice', 'other'],
	['Wallet does not have permission to pay invoices.', 'unauthorized'],
	['This Wallet does not have permission to pay', 'other'],
	['Daily withdrawal limit of 9 sats reached.', 'budget'],
	['The time limit of 9 seconds', 'budget'],
	['It is not allowed to spend', 'budget'],
	['No Daily withdrawal limit', 'other'],
	['Invoice amount 5000 sats is too high. Max allowed: 9 sats.', 'budget'],
	['An Invoice amount 5000 sats is too high', 'other'],
	['the invoice has expired', 'expired'],
	['the peer is offline', 'offline'],
	['the peer is not connected', 'offline'],
	['the peer has disconnected', 'offline'],
	['no route', 'noRoute'],
	['no_route', 'noRoute'],
	['noroute', 'noRoute'],
	['unable to find a path', 'noRoute'],
	['unable to find a route', 'noRoute'],
	['the node is not reachable', 'noRoute'],
	['something else', 'other'],
])('a refusal in the words "%s" is %s', (words, cause) => {
	const reason = `LNbits said: ${words}`;
	expect(pay(520, detail(words))).toEqual({ status: 'refused', cause, reason });
	expect(pay(400, detail(words))).toEqual({ status: 'refused', cause, reason });
});

test.each([
	[
		'paid',
		payment({ status: 'success', preimage: PREIMAGE }),
		{ status: 'paid', preimage: PREIMAGE, feeMsat: 1n },
	],
	[
		'a hash in capitals',
		{ ...payment({ status: 'pending' }), payment_hash: HASH.toUpperCase() },
		{ status: 'pending', reason: 'LNbits is still paying' },
	],
	[
		'another',
		{ status: 'success' },
		{ status: 'unknown', reason: 'LNbits answered about another payment' },
	],
	[
		'failed',
		payment({ status: 'failed' }),
		{ status: 'unknown', reason: 'LNbits answered with "failed"' },
	],
	['no status', payment({}), { status: 'unknown', reason: 'LNbits answered with no status' }],
])('a payment: %s', (_, body, outcome) => {
	expect(pay(200, body)).toEqual(outcome);
	expect(pay(201, body)).toEqual(outcome);
});

const NOT_HERE = 'there is no LNbits API at this URL: JSON of something else came';
test.each([
	[404, detail('Wallet not found.'), 'unauthorized', 'LNbits does not know this key'],
	[404, detail('wallet not found'), 'unauthorized', 'LNbits does not know this key'],
	[404, detail('Wallet not found at all'), 'unreachable', `${NOT_HERE} (HTTP 404)`],
	[404, detail('The Wallet not found.'), 'unreachable', `${NOT_HERE} (HTTP 404)`],
	[405, detail('Wallet not found.'), 'unreachable', `${NOT_HERE} (HTTP 405)`],
	[
		403,
		detail('You must be an admin'),
		'unauthorized',
		'LNbits refused the credentials (HTTP 403: You must be an admin)',
	],
])('HTTP %d %j was not sent', (status, body, cause, reason) => {
	expect(pay(status, body)).toEqual({ status: 'notSent', cause, reason });
});

test.each([
	[520, detail('Still pending.', 'pending'), 'pending', 'LNbits said: Still pending.'],
	[500, detail('Unexpected error'), 'unknown', 'LNbits said: Unexpected error'],
	[
		520,
		{ status: 'pending' },
		'unknown',
		'LNbits did not answer itself: JSON of something else came (HTTP 520)',
	],
])('HTTP %d %j leaves it open', (code, body, status, reason) => {
	expect(pay(code, body)).toEqual({ status, reason });
});

test('before 1.0 HTTP 403 speaks of the balance, too, and only of that', () => {
	const reason = 'LNbits said: Insufficient balance.';
	expect(pay(403, detail('Insufficient balance.'))).toEqual({
		status: 'refused',
		cause: 'balance',
		reason,
	});
	expect(pay(500, detail('Insufficient balance.'))).toEqual({ status: 'unknown', reason });
	expect(pay(403, detail('the peer is offline'))).toMatchObject({ cause: 'unauthorized' });
});

test('without an answer it is not known what became of it', () => {
	const lost = { kind: 'lost', reason: 'timeout' } as const;
	const reason = 'LNbits did not answer: timeout';
	expect(readLnbitsPayment(lost, HASH)).toEqual({ status: 'unknown', reason });
	expect(readLnbitsLookup(lost, HASH)).toEqual({ status: 'unknown', reason });
	const notSent = { kind: 'notSent', reason: 'refused' } as const;
	expect(readLnbitsPayment(notSent, HASH)).toEqual({
		status: 'notSent',
		cause: 'unreachable',
		reason: 'LNbits could not be reached: refused',
	});
});

const open = { status: 'pending', reason: 'LNbits is still paying' };
const odd = { status: 'unknown', reason: 'LNbits gave a state that is not known here' };
const proofless = { status: 'paid', preimage: null, feeMsat: 1n };
test.each([
	[{ paid: true, status: 'success', details: payment({}) }, proofless],
	[{ paid: true, details: payment({ status: 'success' }) }, proofless],
	[{ paid: true, details: payment({}) }, proofless],
	[{ paid: true, details: payment({ pending: true }) }, odd],
	[{ paid: true, details: payment({ status: 'pending' }) }, odd],
	[{ paid: true, status: 'failed', details: payment({}) }, odd],
	[{ paid: 'true', details: payment({ status: 'success' }) }, odd],
	[{ paid: false, details: payment({ status: 'pending' }) }, open],
	[{ paid: false, details: payment({ pending: true }) }, open],
	[{ paid: false, details: payment({ pending: 'true' }) }, odd],
	[{ paid: false, details: payment({}) }, odd],
	[{ paid: false, details: payment({ status: 'success' }) }, odd],
	[{ details: payment({ status: 'pending' }) }, odd],
	[{ details: payment({ status: 'failed' }) }, odd],
	[
		{ paid: false, status: 'failed', details: payment({}) },
		{
			status: 'failed',
			cause: 'other',
			reason: 'LNbits has marked the payment as failed; why, its log or its node may say',
		},
	],
	[
		{ paid: true, preimage: 'given', details: payment({ preimage: 'other' }) },
		{ status: 'paid', preimage: 'given', feeMsat: 1n },
	],
	[
		{ paid: true, details: payment({ preimage: ' inside ' }) },
		{ status: 'paid', preimage: 'inside', feeMsat: 1n },
	],
])('the look-up %j', (body, outcome) => {
	expect(lookUp(200, body)).toEqual(outcome);
});

const NO_DETAILS = 'LNbits shows no details; is it the key of this wallet?';
const INCOMING = 'LNbits knows this payment only as an incoming one';
test.each([
	[200, { paid: false, status: 'failed' }, NO_DETAILS],
	[200, { paid: false, status: 'failed', details: payment({ amount: 'x' }) }, NO_DETAILS],
	[200, { paid: false, status: 'failed', details: payment({ payment_hash: 'x' }) }, NO_DETAILS],
	[200, { paid: false, status: 'failed', details: payment({ amount: 0 }) }, INCOMING],
	[200, { paid: false, status: 'failed', details: payment({ amount: 1 }) }, INCOMING],
	[
		404,
		detail('Payment does not exist. Or does it'),
		'LNbits said: Payment does not exist. Or does it, to the look-up',
	],
	[
		404,
		detail('This Payment does not exist.'),
		'LNbits said: This Payment does not exist., to the look-up',
	],
	[500, detail('Payment does not exist.'), 'LNbits said: Payment does not exist., to the look-up'],
	[
		201,
		{ paid: false, details: payment({}) },
		'LNbits did not answer itself: JSON of something else came (HTTP 201), to the look-up',
	],
])('HTTP %d %j tells nothing', (status, body, reason) => {
	expect(lookUp(status, body)).toEqual({ status: 'unknown', reason });
});

test.each(['Payment does not exist.', 'payment does not exist'])('"%s" is no record', (words) => {
	expect(lookUp(404, detail(words))).toEqual({ status: 'notFound' });
});

test('a hash in capitals is the same', () => {
	const details = payment({ pending: true, payment_hash: HASH.toUpperCase() });
	expect(lookUp(200, { paid: false, details })).toEqual(open);
});
