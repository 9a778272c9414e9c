import {
	readPhoenixdLookup,
	readPhoenixdPayment,
} from '../../../nodes/Sats4Ai/wallets/phoenixd/answer';
import { answered, HASH, PREIMAGE } from '../answers';

const pay = (status: number, body: object | string) =>
	readPhoenixdPayment(answered(status, body), HASH);
const lookUp = (status: number, body: object | string) =>
	readPhoenixdLookup(answered(status, body), HASH);

test.each([
	['not enough funds in wallet', 'balance'],
	['channel is not connected yet', 'offline'],
	['channel is offline', 'offline'],
	['channels are offline', 'offline'],
	['the peer is offline', 'offline'],
	['the fee is too high', 'feeLimit'],
	['no liquidity', 'noRoute'],
	['the recipient was offline', 'noRoute'],
	['no route', 'noRoute'],
	['the channel is closing', 'noRoute'],
	['the invoice expired', 'expired'],
	['rejected', 'rejected'],
	['invalid', 'rejected'],
	['does not support this', 'rejected'],
	['unknown features', 'rejected'],
	['something else', 'other'],
])('a refusal in the words "%s" is %s', (reason, cause) => {
	expect(pay(200, { paymentHash: HASH, reason })).toEqual({
		status: 'refused',
		cause,
		reason: `phoenixd said: ${reason}`,
	});
});

const paid = { paymentHash: HASH.toUpperCase(), paymentPreimage: PREIMAGE };
test.each([
	[{ ...paid, routingFeeSat: 4 }, 4_000n],
	[{ ...paid, routingFeeSat: 0 }, 0n],
	[paid, null],
])('%j is paid, with a fee of %s msat', (body, feeMsat) => {
	expect(pay(200, body)).toEqual({ status: 'paid', preimage: PREIMAGE, feeMsat });
});

test.each([
	[
		400,
		'missing parameter',
		{
			status: 'refused',
			cause: 'rejected',
			reason: 'phoenixd refused the request: missing parameter',
		},
	],
	[
		404,
		'',
		{
			status: 'notSent',
			cause: 'unreachable',
			reason: 'there is no phoenixd API at this URL: an empty answer came (HTTP 404)',
		},
	],
	[
		405,
		'',
		{
			status: 'notSent',
			cause: 'unreachable',
			reason: 'there is no phoenixd API at this URL: an empty answer came (HTTP 405)',
		},
	],
	[
		201,
		paid,
		{
			status: 'unknown',
			reason: 'phoenixd gave an answer that says nothing of this payment (HTTP 201)',
		},
	],
	[
		200,
		{},
		{
			status: 'unknown',
			reason: 'phoenixd gave an answer that says nothing of this payment (HTTP 200)',
		},
	],
	[
		200,
		'done',
		{
			status: 'unknown',
			reason: 'phoenixd did not answer itself: an answer came that is not of phoenixd (HTTP 200)',
		},
	],
	[
		200,
		{ paymentHash: HASH },
		{ status: 'unknown', reason: 'phoenixd gave neither proof nor reason' },
	],
])('HTTP %d %j', (status, body, outcome) => {
	expect(pay(status, body)).toEqual(outcome);
});

test('no answer to a look-up is told as it came', () => {
	const reason = 'phoenixd did not answer: timeout';
	expect(readPhoenixdLookup({ kind: 'lost', reason: 'timeout' }, HASH)).toEqual({
		status: 'unknown',
		reason,
	});
	expect(readPhoenixdPayment({ kind: 'lost', reason: 'timeout' }, HASH)).toEqual({
		status: 'unknown',
		reason,
	});
});

const row = { paymentHash: HASH.toUpperCase(), fees: 12 };
const pending = { status: 'pending', reason: 'phoenixd is still paying' };
const failed = {
	status: 'failed',
	cause: 'other',
	reason: 'phoenixd could not deliver the payment',
};
const saysNothing = (status: number) => ({
	status: 'unknown',
	reason: `phoenixd gave an answer that says nothing of this payment (HTTP ${status})`,
});
test.each([
	[
		200,
		{ ...row, isPaid: true, preimage: PREIMAGE },
		{ status: 'paid', preimage: PREIMAGE, feeMsat: 12n },
	],
	[200, { ...row, isPaid: true }, { status: 'paid', preimage: null, feeMsat: 12n }],
	[200, { ...row, isPaid: false }, pending],
	[200, { ...row, isPaid: false, completedAt: null }, pending],
	[200, { ...row, isPaid: false, completedAt: 5 }, failed],
	[
		200,
		{ ...row, isPaid: 'false', completedAt: 5 },
		{ status: 'unknown', reason: 'phoenixd gave a state that is not known here' },
	],
	[200, { ...row, isPaid: false, completedAt: 5, type: 'incoming_payment' }, saysNothing(200)],
	[201, { ...row, isPaid: false, completedAt: 5 }, saysNothing(201)],
	[200, { isPaid: false, completedAt: 5 }, saysNothing(200)],
	[404, ' NOT FOUND ', { status: 'notFound' }],
	[
		500,
		'not found',
		{
			status: 'unknown',
			reason: 'phoenixd did not answer itself: an answer came that is not of phoenixd (HTTP 500)',
		},
	],
	[
		404,
		'not found here',
		{
			status: 'unknown',
			reason: 'phoenixd did not answer itself: an answer came that is not of phoenixd (HTTP 404)',
		},
	],
	[
		404,
		'file not found',
		{
			status: 'unknown',
			reason: 'phoenixd did not answer itself: an answer came that is not of phoenixd (HTTP 404)',
		},
	],
])('the look-up HTTP %d %j', (status, body, outcome) => {
	expect(lookUp(status, body)).toEqual(outcome);
});
