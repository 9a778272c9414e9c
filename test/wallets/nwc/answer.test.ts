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
const error = (code: string): NwcReply => ({ kind: 'error', code, message: 'in words' });

test.each([
	['paid', result({ preimage: PREIMAGE, fees_paid: 12 }), { status: 'paid', feeMsat: 12n }],
	['paid, fee not told', result({ preimage: PREIMAGE }), { status: 'paid', feeMsat: null }],
	['no preimage', result({}), { status: 'unknown' }],
	['lost', { kind: 'lost', reason: 'x' }, { status: 'unknown' }],
	['not sent', { kind: 'notSent', cause: 'unreachable', reason: 'x' }, { status: 'notSent' }],
	...['INTERNAL', 'PAYMENT_FAILED', 'OTHER', 'NOT_FOUND', 'BAD_REQUEST', 'EXPIRED', ''].map(
		(code) => [code, error(code), { status: 'unknown' }] as const,
	),
	...['INSUFFICIENT_BALANCE', 'QUOTA_EXCEEDED'].map(
		(code) => [code, error(code), { status: 'refused' }] as const,
	),
	...[
		'NOT_IMPLEMENTED',
		'RATE_LIMITED',
		'RESTRICTED',
		'UNAUTHORIZED',
		'UNSUPPORTED_ENCRYPTION',
	].map((code) => [code, error(code), { status: 'notSent' }] as const),
] as ReadonlyArray<readonly [string, NwcReply, object]>)(
	'a payment answered with: %s',
	(_what, reply, outcome) => {
		expect(readNwcPayment(reply)).toMatchObject(outcome);
	},
);

const row = (fields: Record<string, unknown>) =>
	result({ type: 'outgoing', payment_hash: HASH, fees_paid: 12, ...fields });

test.each([
	['settled', row({ state: 'settled', preimage: PREIMAGE }), { status: 'paid', feeMsat: 12n }],
	['no state, proven', row({ preimage: PREIMAGE, settled_at: 1 }), { status: 'paid' }],
	['expired, but proven', row({ state: 'expired', preimage: PREIMAGE }), { status: 'paid' }],
	['settled, no proof', row({ state: 'settled' }), { status: 'paid', preimage: null }],
	['settled_at with zeros', row({ preimage: ZEROS, settled_at: 1 }), { status: 'unknown' }],
	['pending', row({ state: 'pending' }), { status: 'pending' }],
	['held', row({ state: 'accepted' }), { status: 'pending' }],
	['failed', row({ state: 'failed' }), { status: 'failed' }],
	['expired', row({ state: 'expired' }), { status: 'unknown' }],
	['no state', row({}), { status: 'unknown' }],
	[
		'the incoming half of a payment to oneself',
		row({ type: 'incoming', state: 'settled', preimage: PREIMAGE }),
		{ status: 'unknown' },
	],
	['no type', row({ type: undefined, state: 'failed' }), { status: 'unknown' }],
	[
		'another payment',
		row({ payment_hash: 'ee'.repeat(32), state: 'failed' }),
		{ status: 'unknown' },
	],
	['not found', error('NOT_FOUND'), { status: 'notFound' }],
	['an error of its own', error('INTERNAL'), { status: 'unknown' }],
	['lost', { kind: 'lost', reason: 'x' }, { status: 'unknown' }],
] as ReadonlyArray<readonly [string, NwcReply, object]>)(
	'a look-up answered with: %s',
	(_what, reply, outcome) => {
		expect(readNwcLookup(reply, HASH)).toMatchObject(outcome);
	},
);

test.each([
	['notFound', { status: 'notFound' as const }, 'notSent'],
	['failed', { status: 'failed' as const, cause: 'other' as const, reason: '' }, 'notSent'],
	['unknown', { status: 'unknown' as const, reason: '' }, 'notSent'],
	['pending', { status: 'pending' as const, reason: '' }, 'pending'],
	['paid', { status: 'paid' as const, preimage: PREIMAGE, feeMsat: null }, 'paid'],
])('a refusal with a record that says %s', (_what, record, status) => {
	const refused = { status: 'refused' as const, cause: 'budget' as const, reason: 'quota' };
	expect(settleNwcRefusal(refused, record).status).toBe(status);
});
