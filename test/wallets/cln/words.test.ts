import {
	isUnknownMethod,
	readClnAnswer,
	readClnLookup,
	readClnPayment,
	readMsat,
	saidByCln,
	unwrapped,
} from '../../../nodes/Sats4Ai/wallets/cln/answer';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const pay = (status: number, body: object | string) => readClnPayment(answered(status, body), HASH);
const lookUp = (pays: unknown, status = 201) => readClnLookup(answered(status, { pays }), HASH);
const rpc = (code: number | string, message: string) => ({ code, message });

test.each([
	[-32602, 'rejected'],
	[201, 'other'],
	[203, 'rejected'],
	[205, 'noRoute'],
	[206, 'feeLimit'],
	[207, 'expired'],
	[208, 'other'],
	[209, 'other'],
	[210, 'noRoute'],
	[218, 'other'],
	[219, 'other'],
])('code %d is a verdict: %s', (code, cause) => {
	const reason = `Core Lightning said: it did not work (code ${code})`;
	expect(pay(500, rpc(code, 'it did not work'))).toEqual({ status: 'refused', cause, reason });
	// Words tell more than a code that stands for much, and nothing more than the others.
	const told = cause === 'other' ? 'balance' : cause;
	expect(pay(500, rpc(code, 'not enough'))).toMatchObject({ cause: told });
});

test.each([
	['the peer is not connected', 'offline'],
	['the peer disconnected', 'offline'],
	['peer offline', 'offline'],
	['peer 02abcd is offline', 'offline'],
	['peer which everybody has called offline', 'other'],
	['is not reachable', 'noRoute'],
	['there is no usable path', 'noRoute'],
	['could not find a path', 'noRoute'],
	['destination unreachable', 'noRoute'],
	['no route', 'noRoute'],
	['the invoice expired', 'expired'],
	['insufficient funds', 'balance'],
	['not enough funds', 'balance'],
	['something else', 'other'],
])('a code that says nothing, and the words "%s": %s', (words, cause) => {
	const reason = `Core Lightning said: ${words} (code -1)`;
	const refused = { status: 'refused', cause, reason, isVague: true };
	expect(pay(500, rpc(-1, words))).toEqual(refused);
});

const came = (status: number) => `JSON of something else came (HTTP ${status})`;
test.each([
	[500, { code: -1 }, `Core Lightning did not answer itself: ${came(500)}`],
	[500, { message: 'x' }, 'Core Lightning said: x'],
	[500, { code: 1.5, message: 'x' }, 'Core Lightning said: x'],
	[201, {}, 'Core Lightning gave an answer that proves nothing'],
	[
		201,
		{ status: 'failed', payment_preimage: PREIMAGE },
		'Core Lightning gave an answer that proves nothing',
	],
])('HTTP %d %j tells nothing', (status, body, reason) => {
	expect(pay(status, body)).toEqual({ status: 'unknown', reason });
});

test.each([
	[404, {}],
	[405, {}],
	[500, rpc(-32601, 'Unknown command')],
	[500, rpc('-32601', 'Unknown command')],
])('HTTP %d %j is no clnrest', (status, body) => {
	expect(pay(status, body)).toEqual({
		status: 'notSent',
		cause: 'unreachable',
		reason: `there is no clnrest API at this URL: ${came(status)}`,
	});
});

test('an unknown command is told by its code alone', () => {
	expect(isUnknownMethod(answered(404, rpc(-32601, 'x')))).toBe(true);
	expect(isUnknownMethod(answered(404, rpc(-32602, 'x')))).toBe(false);
	expect(isUnknownMethod({ kind: 'lost', reason: 'x' })).toBe(false);
});

test.each([
	[200, { status: 'complete', payment_preimage: PREIMAGE }],
	[201, { payment_preimage: ` ${PREIMAGE} ` }],
])('HTTP %d %j is paid, and tells no fee', (status, body) => {
	expect(pay(status, body)).toEqual({ status: 'paid', preimage: PREIMAGE, feeMsat: null });
});

test.each([
	[1_000, 1_002, 2n],
	[1_000, 1_000, 0n],
	[1_000, 999, null],
	['1000msat', '1002msat', 2n],
	[undefined, 1_002, null],
	[0, undefined, null],
	[1_000, undefined, null],
])('%s msat and %s msat sent are a fee of %s', (amount_msat, amount_sent_msat, feeMsat) => {
	const body = { payment_preimage: PREIMAGE, amount_msat, amount_sent_msat };
	expect(pay(201, body)).toMatchObject({ status: 'paid', feeMsat });
});

test.each([
	['7msat', 7n],
	['7', 7n],
	[7, 7n],
	['7msats', null],
	['msat7', null],
	['7msat msat', null],
	[null, null],
])('%j is %s msat', (value, msat) => {
	expect(readMsat(value)).toBe(msat);
});

test('what is under way is said to be', () => {
	expect(pay(201, { status: 'pending' })).toEqual({
		status: 'pending',
		reason: 'Core Lightning is still paying',
	});
	const group = { payment_hash: HASH.toUpperCase(), status: 'pending' };
	expect(lookUp([group])).toEqual({
		status: 'pending',
		reason: 'parts of the payment are in flight in Core Lightning',
	});
});

test('what has failed is said to have, in no words of its own', () => {
	const failed = { status: 'failed', cause: 'other', reason: 'Core Lightning could not pay' };
	expect(lookUp([{ payment_hash: HASH, status: 'failed' }])).toEqual(failed);
	expect(lookUp([{ payment_hash: HASH, status: 'failed' }], 200)).toEqual(failed);
});

test('one group of another payment spoils them all', () => {
	const groups = [HASH, OTHER_HASH].map((payment_hash) => ({ payment_hash, status: 'failed' }));
	expect(lookUp(groups)).toEqual({
		status: 'unknown',
		reason: 'Core Lightning answered about another payment',
	});
});

test.each([
	[500, { pays: [] }, `Core Lightning did not answer itself: ${came(500)}, to the look-up`],
	[201, { pays: {} }, `Core Lightning did not answer itself: ${came(201)}, to the look-up`],
	[500, rpc(-1, 'odd'), 'Core Lightning said: odd, to the look-up'],
	[401, rpc(1501, 'no'), 'Core Lightning refused the credentials (HTTP 401: no)'],
])('to the look-up HTTP %d %j tells nothing', (status, body, reason) => {
	expect(readClnLookup(answered(status, body), HASH)).toEqual({ status: 'unknown', reason });
});

test.each([
	['Not permitted: Rate of 10 exceeded', 'budget'],
	['Not permitted: pname_amount is too large', 'budget'],
	['Not permitted: 3 per minute', 'budget'],
	['Not permitted: method is not equal to xpay', 'unauthorized'],
	['Not permitted: separate moderated amount', 'unauthorized'],
	['Not permitted: persons', 'unauthorized'],
	['Not permitted: super', 'unauthorized'],
	['Not permitted: rates', 'unauthorized'],
])('a rune refused in the words "%s": %s', (message, cause) => {
	expect(readClnAnswer(answered(401, rpc(1502, message)))).toMatchObject({ cause });
});

test('other trouble is no budget, whatever its words', () => {
	expect(readClnAnswer({ kind: 'lost', reason: 'rate' })).toMatchObject({ cause: 'unreachable' });
	expect(readClnAnswer(answered(429, { message: 'per' }))).toMatchObject({ cause: 'other' });
	const fine = answered(201, { rate: 1 });
	expect(readClnAnswer(fine)).toBe(fine);
});

test('an error of v23.08 is taken out of its wrapping', () => {
	const error = rpc(205, 'no route');
	for (const status of [400, 500]) {
		expect(unwrapped(answered(status, { error }))).toEqual({
			...answered(status, { error }),
			json: error,
		});
	}
	for (const other of [
		answered(399, { error }),
		answered(500, { error: 'no route' }),
		answered(500, error),
		{ kind: 'lost', reason: 'silence' } as const,
	]) {
		expect(unwrapped(other)).toBe(other);
	}
});

test('its own words are passed on', () => {
	const read = readClnAnswer(answered(500, rpc(-1, 'odd')));
	if (read.kind !== 'answer') throw new Error('no answer');
	expect(saidByCln(read)).toBe('Core Lightning said: odd');
});

test.each([{ status: 'complete' }, { status: 'complete', payment_preimage: null }])(
	'%j says that it is paid, and does not prove it',
	(body) => {
		expect(pay(200, body)).toEqual({ status: 'paid', preimage: null, feeMsat: null });
	},
);
