import { createHash } from 'node:crypto';
import type { NwcReply } from '../../../nodes/Sats4Ai/wallets/nwc/exchange';
import {
	readNwcLookup,
	readNwcPayment,
	settleNwcRefusal,
} from '../../../nodes/Sats4Ai/wallets/nwc/answer';

const PREIMAGE = '12'.repeat(32);
const HASH = createHash('sha256').update(Buffer.from(PREIMAGE, 'hex')).digest('hex');
const ZEROS = '0'.repeat(64);

const result = (fields: Record<string, unknown>): NwcReply => ({ kind: 'result', result: fields });
const error = (code: string, beside = {}): NwcReply => ({
	kind: 'error',
	code,
	message: 'in words',
	result: beside,
});

test.each([
	['paid', result({ preimage: PREIMAGE, fees_paid: 12 }), { status: 'paid', feeMsat: 12n }],
	['paid, fee not told', result({ preimage: PREIMAGE }), { status: 'paid', feeMsat: null }],
	['no preimage', result({}), { status: 'unknown' }],
	[
		'proven, with an error beside it',
		error('INTERNAL', { preimage: PREIMAGE }),
		{ status: 'paid' },
	],
	[
		'refused, with a preimage beside it',
		error('RESTRICTED', { preimage: 'ab'.repeat(32) }),
		{ status: 'unknown' },
	],
	[
		'refused, with zeros beside it',
		error('RESTRICTED', { preimage: ZEROS }),
		{ status: 'refused' },
	],
	['lost', { kind: 'lost', reason: 'x' }, { status: 'unknown' }],
	['not sent', { kind: 'notSent', cause: 'unreachable', reason: 'x' }, { status: 'notSent' }],
	...['INTERNAL', 'OTHER', 'NOT_FOUND', '', 'toString', 'CONSTRUCTOR', '__proto__'].map(
		(code) =>
			[
				code,
				error(code),
				{ status: 'unknown', reason: expect.stringContaining('in words') },
			] as const,
	),
	...['PAYMENT_FAILED', 'BAD_REQUEST', 'EXPIRED'].map(
		(code) => [code, error(code), { status: 'refused', needsRecord: true }] as const,
	),
	[
		'refused before it was sent, in the words of a proxy',
		{ ...error('RATE_LIMITED'), message: '503 Service Unavailable' },
		{ status: 'refused', needsRecord: false },
	],
	[
		'failed, in the words of a lost line',
		{ ...error('PAYMENT_FAILED'), message: 'rpc error: code = Unavailable desc = EOF' },
		{ status: 'unknown', isLineLost: true },
	],
	...[
		'INSUFFICIENT_BALANCE',
		'NOT_IMPLEMENTED',
		'QUOTA_EXCEEDED',
		'RATE_LIMITED',
		'RESTRICTED',
		'UNAUTHORIZED',
		'UNSUPPORTED_ENCRYPTION',
	].map((code) => [code, error(code), { status: 'refused', needsRecord: false }] as const),
] as ReadonlyArray<readonly [string, NwcReply, object]>)(
	'a payment answered with: %s',
	(_what, reply, outcome) => {
		expect(readNwcPayment(reply, HASH)).toMatchObject(outcome);
	},
);

const row = (fields: Record<string, unknown>) =>
	result({ type: 'outgoing', payment_hash: HASH, fees_paid: 12, ...fields });

test.each([
	['settled', row({ state: 'settled', preimage: PREIMAGE }), { status: 'paid', feeMsat: 12n }],
	['no state, proven', row({ preimage: PREIMAGE, settled_at: 1 }), { status: 'paid' }],
	[
		'expired, but proven',
		row({ state: 'expired', preimage: PREIMAGE }),
		{ status: 'paid', feeMsat: 12n },
	],
	['settled, no proof', row({ state: 'settled' }), { status: 'paid', preimage: null }],
	['settled_at with zeros', row({ preimage: ZEROS, settled_at: 1 }), { status: 'unknown' }],
	['pending', row({ state: 'pending' }), { status: 'pending' }],
	['held', row({ state: 'accepted' }), { status: 'pending' }],
	['failed', row({ state: 'failed' }), { status: 'failed' }],
	['expired', row({ state: 'expired' }), { status: 'unknown' }],
	['no state', row({}), { status: 'unknown' }],
	[
		'the incoming half of a payment to oneself, proven',
		row({ type: 'incoming', state: 'settled', preimage: PREIMAGE }),
		{ status: 'paid', preimage: PREIMAGE, feeMsat: null },
	],
	...['settled', 'pending', 'failed', 'expired', undefined].map(
		(state) =>
			[
				`incoming and unproven, ${state}`,
				row({ type: 'incoming', state, preimage: ZEROS }),
				{ status: 'unknown' },
			] as const,
	),
	['proven, of no type', row({ type: undefined, preimage: PREIMAGE }), { status: 'paid' }],
	[
		'proven, under another hash',
		row({ payment_hash: 'ee'.repeat(32), preimage: PREIMAGE }),
		{ status: 'paid' },
	],
	[
		'failed, for a line that was lost',
		row({ state: 'failed', failure_reason: 'rpc error: code = Unavailable desc = EOF' }),
		{ status: 'failed', isLineLost: true },
	],
	['proven, and failed', row({ state: 'failed', preimage: PREIMAGE }), { status: 'paid' }],
	['failed, and settled once', row({ state: 'failed', settled_at: 1 }), { status: 'unknown' }],
	['failed, not settled', row({ state: 'failed', settled_at: null }), { status: 'failed' }],
	['failed, with zeros', row({ state: 'failed', preimage: ZEROS }), { status: 'failed' }],
	[
		'failed, with a preimage of something',
		row({ state: 'failed', preimage: 'ab'.repeat(32) }),
		{ status: 'unknown' },
	],
	[
		'failed, with the proof in the metadata',
		row({ state: 'failed', metadata: { preimage: PREIMAGE } }),
		{ status: 'paid', preimage: PREIMAGE },
	],
	[
		'failed, with a part that is under way',
		row({ state: 'failed', parts: [{ status: 'in_flight' }] }),
		{ status: 'pending' },
	],
	['failed and pending', row({ state: 'failed', status: 'pending' }), { status: 'pending' }],
	['failed, but still going', row({ state: 'failed', pending: true }), { status: 'pending' }],
	['settled and pending', row({ state: 'settled', status: 'pending' }), { status: 'pending' }],
	['pending, in capitals', row({ state: 'PENDING' }), { status: 'pending' }],
	[
		'an error and a pending row',
		error('NOT_FOUND', { type: 'outgoing', state: 'pending' }),
		{ status: 'pending' },
	],
	[
		'an error and a failed row',
		error('NOT_FOUND', { type: 'outgoing', state: 'failed' }),
		{ status: 'unknown' },
	],
	['an error and the proof', error('NOT_FOUND', { preimage: PREIMAGE }), { status: 'paid' }],
	['no type', row({ type: undefined, state: 'failed' }), { status: 'unknown' }],
	[
		'another payment',
		row({ payment_hash: 'ee'.repeat(32), state: 'failed' }),
		{ status: 'unknown' },
	],
	['not found', error('NOT_FOUND'), { status: 'notFound' }],
	['an error of its own', error('INTERNAL'), { status: 'unknown' }],
	...[
		['INTERNAL', 'Payment not found', 'notFound'],
		['OTHER', 'transaction not found.', 'notFound'],
		['', 'The requested invoice was not found', 'notFound'],
		['OTHER', 'Invoice does not exist', 'notFound'],
		['OTHER', ' payment not found\n', 'notFound'],
		['OTHER', "invoice doesn't exist", 'notFound'],
		['OTHER', 'it seems that the payment was not found', 'unknown'],
		['INTERNAL', 'Wallet not found', 'unknown'],
		['INTERNAL', 'payment not found in this wallet, but in another', 'unknown'],
		['OTHER', 'could not look the payment up: route not found', 'unknown'],
		['RESTRICTED', 'Payment not found', 'unknown'],
		['RATE_LIMITED', 'Payment not found', 'unknown'],
	].map(([code, message, status]) => [
		`${code}: ${message}`,
		{ kind: 'error', code, message, result: {} },
		{ status },
	]),
	['not found beside a row', error('INTERNAL', { type: 'outgoing' }), { status: 'unknown' }],
	['lost', { kind: 'lost', reason: 'x' }, { status: 'unknown' }],
] as ReadonlyArray<readonly [string, NwcReply, object]>)(
	'a look-up answered with: %s',
	(_what, reply, outcome) => {
		expect(readNwcLookup(reply, HASH)).toMatchObject(outcome);
	},
);

const RECORDS = {
	paid: { status: 'paid', preimage: PREIMAGE, feeMsat: null },
	pending: { status: 'pending', reason: 'the record' },
	failed: { status: 'failed', cause: 'other', reason: 'the record' },
	notFound: { status: 'notFound' },
	unknown: { status: 'unknown', reason: 'the record' },
} as const;

test.each([
	[false, ['paid', 'pending', 'failed', 'notSent', 'notSent']],
	[true, ['paid', 'pending', 'failed', 'notSent', 'unknown']],
] as const)('a refusal that needs a record: %p, and every record', (needsRecord, ends) => {
	const refused = { status: 'refused', cause: 'budget', reason: 'its words', needsRecord } as const;
	const outcomes = Object.values(RECORDS).map((record) => settleNwcRefusal(refused, record));
	expect(outcomes.map(({ status }) => status)).toEqual(ends);
	// The words are those of the pay call, never those of the look-up.
	for (const outcome of outcomes.slice(2)) expect(outcome).toMatchObject({ reason: 'its words' });
});
