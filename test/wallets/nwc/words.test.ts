import type { NwcReply } from '../../../nodes/Sats4Ai/wallets/nwc/exchange';
import { readNwcLookup, readNwcPayment, saidWhat } from '../../../nodes/Sats4Ai/wallets/nwc/answer';
import { HASH, PREIMAGE } from '../answers';

const result = (fields: object): NwcReply => ({ kind: 'result', result: { ...fields } });
const error = (code: string, fields: object = {}): NwcReply => ({
	kind: 'error',
	code,
	message: 'in words',
	result: { ...fields },
});

test.each([
	['INSUFFICIENT_BALANCE', 'balance', false],
	['NOT_IMPLEMENTED', 'rejected', false],
	['QUOTA_EXCEEDED', 'budget', false],
	['RATE_LIMITED', 'other', false],
	['RESTRICTED', 'unauthorized', false],
	['UNAUTHORIZED', 'unauthorized', false],
	['UNSUPPORTED_ENCRYPTION', 'rejected', false],
	['BAD_REQUEST', 'rejected', true],
	['EXPIRED', 'expired', true],
	['PAYMENT_FAILED', 'other', true],
])('the error %s is %s; it needs a record: %s', (code, cause, needsRecord) => {
	const reason = `the wallet said ${code}: in words`;
	expect(readNwcPayment(error(code), HASH)).toEqual({
		status: 'refused',
		cause,
		reason,
		needsRecord,
	});
});

test.each([
	['', '', 'the wallet said: an error without words'],
	['', 'x', 'the wallet said: x'],
	['CODE', '', 'the wallet said CODE'],
	['CODE', 'x', 'the wallet said CODE: x'],
])('an error "%s" with the message "%s"', (code, message, said) => {
	expect(saidWhat({ code, message })).toBe(said);
});

test.each([
	[result({ preimage: PREIMAGE }), { status: 'paid', preimage: PREIMAGE, feeMsat: null }],
	[
		result({ preimage: PREIMAGE, fees_paid: 3 }),
		{ status: 'paid', preimage: PREIMAGE, feeMsat: 3n },
	],
	[result({}), { status: 'unknown', reason: 'the wallet answered without a preimage' }],
	[error('INTERNAL'), { status: 'unknown', reason: 'the wallet said INTERNAL: in words' }],
	[
		error('RESTRICTED', { preimage: PREIMAGE }),
		{ status: 'unknown', reason: 'the wallet said RESTRICTED: in words' },
	],
	[
		{ kind: 'lost', reason: 'silence' },
		{ status: 'unknown', reason: 'silence' },
	],
	[
		{ kind: 'notSent', cause: 'budget', reason: 'no relay' },
		{ status: 'notSent', cause: 'budget', reason: 'no relay' },
	],
] as ReadonlyArray<readonly [NwcReply, object]>)('a payment answered with %j', (reply, outcome) => {
	expect(readNwcPayment(reply, HASH)).toEqual(outcome);
});

const row = { type: 'outgoing', payment_hash: HASH, fees_paid: 12 };
const pending = { status: 'pending', reason: 'the wallet is still paying' };
const nothing = (state: string) => ({
	status: 'unknown',
	reason: `the wallet says "${state}", which proves nothing`,
});
const failed = (more = '') => ({
	status: 'failed',
	cause: 'other',
	reason: `the wallet says that the payment failed${more}`,
});

test.each([
	[{ state: 'settled' }, { status: 'paid', preimage: null, feeMsat: 12n }],
	[
		{ state: 'SETTLED', preimage: PREIMAGE },
		{ status: 'paid', preimage: PREIMAGE, feeMsat: 12n },
	],
	[{ state: 'accepted' }, pending],
	[{ state: 'in_flight' }, pending],
	[{ state: 'inflight' }, pending],
	[{ state: 'pending' }, pending],
	[{ state: 'failed', status: 'pending' }, pending],
	[{ state: 'failed', pending: true }, pending],
	[{ state: 'failed', pending: 'no' }, failed()],
	[{ state: 'failed' }, failed()],
	[{ state: 'Failed', failure_reason: 'no route' }, failed(': no route')],
	[{ state: 'failed', preimage: '0'.repeat(64) }, failed()],
	[{ state: 'failed', preimage: 'not hex' }, failed()],
	[{ state: 'failed', settled_at: 0 }, failed()],
	[{ state: 'failed', settled_at: '5' }, failed()],
	[{ state: 'failed', settled_at: 1 }, nothing('failed')],
	[{ state: 'failed', preimage: PREIMAGE }, nothing('failed')],
	[{ state: 'failed', preimage: `0${'0'.repeat(62)}1` }, nothing('failed')],
	[{ state: 'failed', preimage: `1${'0'.repeat(63)}` }, nothing('failed')],
	[{ state: 'expired' }, nothing('expired')],
	[{}, nothing('no state')],
	[{ status: 'failed' }, nothing('no state')],
	[{ settled_at: 5 }, nothing('no state')],
])('a row %j', (change, outcome) => {
	expect(readNwcLookup(result({ ...row, ...change }), HASH)).toEqual(outcome);
});

test('a row that is failed and paid is neither', () => {
	expect(readNwcLookup(result({ ...row, state: 'failed', paid: true }), HASH)).toEqual(
		nothing('failed'),
	);
});

const OTHER = 'the wallet answered about another payment';
const INCOMING = 'the wallet shows no outgoing payment';
test.each([
	[{ payment_hash: 'ee'.repeat(32) }, OTHER],
	[{ type: 'incoming' }, INCOMING],
	[{ type: undefined }, INCOMING],
])('a failed row with %j tells nothing', (change, reason) => {
	const reply = result({ ...row, state: 'failed', ...change });
	expect(readNwcLookup(reply, HASH)).toEqual({ status: 'unknown', reason });
});

test('no row at all tells nothing', () => {
	expect(readNwcLookup(result({}), HASH)).toEqual({ status: 'unknown', reason: INCOMING });
});

test('a row names its payment in capitals, or not at all', () => {
	const named = { ...row, payment_hash: HASH.toUpperCase(), state: 'pending' };
	expect(readNwcLookup(result(named), HASH)).toEqual(pending);
	const { payment_hash: _, ...nameless } = row;
	expect(readNwcLookup(result({ ...nameless, state: 'pending' }), HASH)).toEqual(pending);
});

test.each([
	[error('NOT_FOUND'), { status: 'notFound' }],
	[error('OTHER'), { status: 'unknown', reason: 'the wallet said OTHER: in words' }],
	[error('NOT_FOUND', { ...row, state: 'pending' }), pending],
	[
		error('NOT_FOUND', { ...row, state: 'failed' }),
		{ status: 'unknown', reason: 'the wallet said NOT_FOUND: in words' },
	],
	[
		{ kind: 'lost', reason: 'silence' },
		{ status: 'unknown', reason: 'silence' },
	],
	[
		{ kind: 'notSent', cause: 'other', reason: 'no relay' },
		{ status: 'unknown', reason: 'no relay' },
	],
] as ReadonlyArray<readonly [NwcReply, object]>)('a look-up answered with %j', (reply, outcome) => {
	expect(readNwcLookup(reply, HASH)).toEqual(outcome);
});
