import {
	readError,
	readLndAnswer,
	readLndLookup,
	readLndPayment,
	saidByLnd,
} from '../../../nodes/Sats4Ai/wallets/lnd/answer';
import { isFinalUpdate, isUpdate, readUpdates } from '../../../nodes/Sats4Ai/wallets/lnd/update';
import { paymentHashOf } from '../../../nodes/Sats4Ai/l402/preimage';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const grpc = (code: number, message: string) => ({ error: { code, message } });
const pay = (status: number, body: object | string) => readLndPayment(answered(status, body), HASH);
const lookUp = (status: number, body: object | string) =>
	readLndLookup(answered(status, body), HASH);
const update = (change: object) => JSON.stringify({ result: { payment_hash: HASH, ...change } });

test.each([
	['invoice expired. Valid until', 'expired'],
	['an invoice expired', 'other'],
	['amount must be specified', 'rejected'],
	['an amount must be specified', 'other'],
	['invalid checksum', 'rejected'],
	['invoice not for current active network', 'rejected'],
	['self-payments not allowed', 'rejected'],
	['the self-payments not allowed', 'other'],
	['payment of 9 is too large, max payment allowed is 5', 'rejected'],
	['account balance insufficient', 'budget'],
	['insufficient local balance', 'balance'],
	['insufficient balance', 'balance'],
	['something else', 'other'],
])('a refusal in the words "%s" is %s', (words, cause) => {
	const reason = `LND answered HTTP 500: ${words}`;
	expect(pay(500, grpc(2, words))).toEqual({ status: 'refused', cause, reason });
	expect(pay(500, grpc(3, words))).toEqual({ status: 'refused', cause, reason });
	expect(pay(500, grpc(4, words))).toEqual({ status: 'unknown', reason });
});

const REFUSED = 'LND refused the macaroon: ';
test.each([
	['cannot get macaroon', ''],
	['verification failed: signature mismatch', ''],
	['encoding/hex: odd length', ''],
	['the account has expired', ''],
	['permission denied', '. It lacks uri:/routerrpc.Router/SendPaymentV2'],
	['Permission Denied', '. It lacks uri:/routerrpc.Router/SendPaymentV2'],
])('"%s" is about the macaroon', (words, more) => {
	const reason = `${REFUSED}${words}${more}`;
	expect(pay(500, grpc(2, words))).toEqual({ status: 'notSent', cause: 'unauthorized', reason });
});

test('which right is missing is told for each call', () => {
	const denied = answered(500, grpc(2, 'permission denied'));
	expect(lookUp(500, grpc(2, 'permission denied'))).toEqual({
		status: 'unknown',
		reason: `${REFUSED}permission denied. It lacks uri:/routerrpc.Router/TrackPaymentV2`,
	});
	expect(readLndAnswer(denied, 'uri:/x')).toEqual({
		kind: 'trouble',
		mayHaveActed: false,
		cause: 'unauthorized',
		reason: `${REFUSED}permission denied. It lacks uri:/x`,
	});
	expect(readLndAnswer(denied)).toMatchObject({ reason: `${REFUSED}permission denied` });
});

const UNLOCK = 'Unlock it with "lncli unlock", then run again';
const CREATE = 'Create its wallet with "lncli create"';
const WAIT = 'Wait until it has started and is in step with the chain, then run again';
test.each([
	[2, 'wallet locked, unlock it', UNLOCK],
	[2, 'wallet not created', CREATE],
	[2, 'waiting to start', WAIT],
	[2, 'not yet ready to accept calls', WAIT],
	[2, 'in the process of starting', WAIT],
	[2, 'still syncing', WAIT],
	[9, 'anything that is refused beforehand', WAIT],
	[9, 'Locked', UNLOCK],
	[9, 'Not Created', CREATE],
])('code %d, "%s": it is not ready', (code, words, wayOut) => {
	expect(pay(400, grpc(code, words))).toEqual({
		status: 'notSent',
		cause: 'unreachable',
		reason: `LND is not ready: ${words}. ${wayOut}`,
	});
});

const came = (status: number) => `JSON of something else came (HTTP ${status})`;
test.each([404, 405, 501])('HTTP %d is no LND', (status) => {
	expect(pay(status, grpc(2, 'x'))).toEqual({
		status: 'notSent',
		cause: 'unreachable',
		reason: `there is no LND REST API at this URL: ${came(status)}`,
	});
});

test.each([
	[409, grpc(6, 'x'), { status: 'pending', reason: 'LND answered HTTP 409: x' }],
	[500, {}, { status: 'unknown', reason: `LND did not answer itself: ${came(500)}` }],
	[500, grpc(2, ''), { status: 'unknown', reason: `LND did not answer itself: ${came(500)}` }],
	[500, grpc(9, ''), { status: 'unknown', reason: `LND did not answer itself: ${came(500)}` }],
	[
		200,
		'',
		{
			status: 'unknown',
			reason: 'LND said nothing of this payment: an empty answer came (HTTP 200)',
		},
	],
	[
		200,
		`${JSON.stringify(grpc(2, 'broken'))}\nrest`,
		{ status: 'unknown', reason: 'LND gave broken' },
	],
	// In a stream that has begun, words decide nothing.
	[200, grpc(2, 'macaroon'), { status: 'unknown', reason: 'LND gave macaroon' }],
])('HTTP %d %j', (status, body, outcome) => {
	expect(pay(status, body)).toEqual(outcome);
});

test.each([
	[404, grpc(5, 'payment is not initiated'), { status: 'notFound' }],
	[404, grpc(5, "PAYMENT ISN'T INITIATED"), { status: 'notFound' }],
	[
		500,
		grpc(5, 'initiated'),
		{ status: 'unknown', reason: 'LND answered HTTP 500: initiated, to the look-up' },
	],
	[
		404,
		grpc(2, 'initiated'),
		{ status: 'unknown', reason: 'LND answered HTTP 404: initiated, to the look-up' },
	],
	[
		404,
		grpc(5, 'other'),
		{ status: 'unknown', reason: 'LND answered HTTP 404: other, to the look-up' },
	],
])('the look-up HTTP %d %j', (status, body, outcome) => {
	expect(lookUp(status, body)).toEqual(outcome);
});

test('no answer is told as it came', () => {
	const lost = { kind: 'lost', reason: 'macaroon' } as const;
	const unknown = { status: 'unknown', reason: 'LND did not answer: macaroon' };
	expect(readLndPayment(lost, HASH)).toEqual(unknown);
	expect(readLndLookup(lost, HASH)).toEqual(unknown);
});

test.each([
	[{ code: 5, message: 'plain' }, 5n, 'plain'],
	[{ error: { code: 5, message: 'wrapped' }, message: 'no' }, 5n, 'wrapped'],
	[{ error: 'as text', code: 2 }, 2n, 'as text'],
	[{ error: 'as text', message: 'and message' }, null, 'and message'],
	[{}, null, ''],
	['text', null, ''],
])('the error in %j', (json, code, message) => {
	expect(readError(json)).toEqual({ code, message });
});

test('its own words are passed on', () => {
	const read = readLndAnswer(answered(500, grpc(2, 'odd')));
	if (read.kind !== 'answer') throw new Error('no answer');
	expect(saidByLnd(read)).toBe('LND answered HTTP 500: odd');
});

const why = (words: string, name: string) => `LND could not pay: ${words} (${name})`;
test.each([
	['FAILURE_REASON_CANCELED', 'other', 'it was canceled in LND'],
	['FAILURE_REASON_ERROR', 'other', 'LND met an error of its own, which is in its log'],
	[
		'FAILURE_REASON_INCORRECT_PAYMENT_DETAILS',
		'rejected',
		'the recipient refused it: the invoice is not known there, or no longer',
	],
	[
		'FAILURE_REASON_INSUFFICIENT_BALANCE',
		'balance',
		'no channel that is open and whose peer is online can send this much',
	],
	['FAILURE_REASON_NO_ROUTE', 'noRoute', 'no route'],
	['FAILURE_REASON_TIMEOUT', 'noRoute', 'no route was found in time'],
	['FAILURE_REASON_NEW', 'other', 'the log of LND says more'],
])('%s is told', (failure_reason, cause, words) => {
	expect(readUpdates(update({ status: 'FAILED', failure_reason }), HASH)).toEqual({
		status: 'failed',
		cause,
		reason: why(words, failure_reason),
	});
});

test.each(['', 'FAILURE_REASON_NONE', undefined])('the reason %j is none', (failure_reason) => {
	expect(readUpdates(update({ status: 'FAILED', failure_reason }), HASH)).toEqual({
		status: 'failed',
		cause: 'other',
		reason: why('the log of LND says more', 'no reason given'),
	});
});

test.each([
	['SUCCEEDED', { status: 'paid', preimage: PREIMAGE, feeMsat: 7n }],
	['IN_FLIGHT', { status: 'pending', reason: expect.stringContaining('in flight in LND') }],
	['INITIATED', { status: 'pending', reason: expect.stringContaining('in flight in LND') }],
	['DREAMING', { status: 'unknown', reason: 'LND gave a state that is not known here' }],
])('the state %s', (status, outcome) => {
	const line = update({ status, payment_preimage: PREIMAGE, fee_msat: '7' });
	expect(readUpdates(line, HASH)).toEqual(outcome);
});

describe('of several updates', () => {
	const failed = update({ status: 'FAILED' });
	const flying = update({ status: 'IN_FLIGHT' });
	const other = update({ status: 'FAILED', payment_hash: OTHER_HASH });

	it('the last one about this payment counts', () => {
		expect(readUpdates(`${flying}\n\n \n${failed}\n`, HASH)?.status).toBe('failed');
		expect(readUpdates(`${failed}\n${flying}\n${other}`, HASH)?.status).toBe('pending');
		expect(readUpdates(other, HASH)).toBeUndefined();
		expect(readUpdates('', HASH)).toBeUndefined();
	});

	it('a hash in capitals is the same', () => {
		const capitals = update({ status: 'FAILED', payment_hash: HASH.toUpperCase() });
		expect(readUpdates(capitals, HASH)?.status).toBe('failed');
	});

	it('the proof counts wherever it stands', () => {
		const hash = paymentHashOf(PREIMAGE);
		const proof = update({ status: 'SUCCEEDED', payment_hash: hash, payment_preimage: PREIMAGE });
		const later = update({ status: 'FAILED', payment_hash: hash });
		expect(readUpdates(`${proof}\n${later}`, hash)).toMatchObject({ status: 'paid' });
		const claim = update({ status: 'SUCCEEDED', payment_hash: hash });
		expect(readUpdates(`${claim}\n${later}`, hash)).toMatchObject({ status: 'failed' });
	});

	it('at most the last thousand are read', () => {
		const thousand = `${other}\n`.repeat(999);
		expect(readUpdates(`${failed}\n${thousand}`, HASH)?.status).toBe('failed');
		expect(readUpdates(`${failed}\n${thousand}${other}`, HASH)).toBeUndefined();
	});
});

test.each([
	[update({ status: 'SUCCEEDED' }), true, true],
	[update({ status: 'FAILED' }), true, true],
	[update({ status: 'IN_FLIGHT' }), true, false],
	[update({ status: 'INITIATED' }), true, false],
	[JSON.stringify(grpc(2, 'x')), true, true],
	['[]', false, false],
	['', false, false],
	['{"result"', false, false],
])('the line %s is an update: %s, the last: %s', (line, isOne, isLast) => {
	expect(isUpdate(line)).toBe(isOne);
	expect(isFinalUpdate(line)).toBe(isLast);
});
