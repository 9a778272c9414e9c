import { readLndLookup, readLndPayment } from '../../../nodes/Sats4Ai/wallets/lnd/answer';
import { paymentHashOf } from '../../../nodes/Sats4Ai/l402/preimage';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const ZEROS = '0'.repeat(64);

const line = (change: object = {}) =>
	`${JSON.stringify({
		result: {
			payment_hash: HASH,
			payment_preimage: ZEROS,
			fee_msat: '12',
			status: 'IN_FLIGHT',
			failure_reason: 'FAILURE_REASON_NONE',
			...change,
		},
	})}\n`;
const succeeded = line({ status: 'SUCCEEDED', payment_preimage: PREIMAGE });
const failed = (failure_reason: string) => line({ status: 'FAILED', failure_reason });
const grpc = (code: number, message: string) => ({ error: { code, message, details: [] } });

describe('the answer to a payment', () => {
	test.each([
		['success', 200, succeeded, { status: 'paid', preimage: PREIMAGE, feeMsat: 12n }],
		['in flight, then success', 200, line() + succeeded, { status: 'paid', preimage: PREIMAGE }],
		[
			'in several lines',
			200,
			JSON.stringify(JSON.parse(succeeded), null, 2),
			{ status: 'paid', preimage: PREIMAGE, feeMsat: 12n },
		],
		['without a line break', 200, succeeded.trim(), { status: 'paid', preimage: PREIMAGE }],
		[
			'with other line breaks',
			200,
			(line() + succeeded).replace(/\n/g, '\r\n'),
			{ status: 'paid' },
		],
		['no route', 200, failed('FAILURE_REASON_NO_ROUTE'), { status: 'failed', cause: 'noRoute' }],
		['timeout', 200, failed('FAILURE_REASON_TIMEOUT'), { status: 'failed', cause: 'noRoute' }],
		[
			'no balance',
			200,
			failed('FAILURE_REASON_INSUFFICIENT_BALANCE'),
			{ status: 'failed', cause: 'balance' },
		],
		[
			'wrong details',
			200,
			failed('FAILURE_REASON_INCORRECT_PAYMENT_DETAILS'),
			{ status: 'failed', cause: 'rejected' },
		],
		[
			'a new reason',
			200,
			failed('FAILURE_REASON_NEW'),
			{
				status: 'failed',
				cause: 'other',
				reason: expect.stringMatching(/log.*FAILURE_REASON_NEW/),
			},
		],
		['the reason toString', 200, failed('toString'), { status: 'failed', cause: 'other' }],
		['the reason constructor', 200, failed('constructor'), { status: 'failed', cause: 'other' }],
		['the reason __proto__', 200, failed('__proto__'), { status: 'failed', cause: 'other' }],
		[
			'a line among a million empty ones',
			200,
			`${succeeded}${'\n'.repeat(1e6)}`,
			{ status: 'paid' },
		],
		[
			'a line among empty ones with other breaks',
			200,
			`${line()}${succeeded}${'\r\n'.repeat(2_000)}`,
			{ status: 'paid' },
		],
		['in flight only', 200, line(), { status: 'pending' }],
		['a new state', 200, line({ status: 'DREAMING' }), { status: 'unknown' }],
		['another payment', 200, succeeded.replace(HASH, OTHER_HASH), { status: 'unknown' }],
		['nothing', 200, '', { status: 'unknown' }],
		['a page', 200, '<html>It works!</html>', { status: 'unknown' }],
		['half a line', 200, succeeded.slice(0, 90), { status: 'unknown' }],
		[
			'an error in the stream',
			200,
			`${JSON.stringify(grpc(2, 'invoice expired. Valid until'))}\n`,
			{ status: 'unknown' },
		],
		['already paid', 409, grpc(6, 'invoice is already paid'), { status: 'pending' }],
		['in transition', 409, grpc(6, 'payment is in transition'), { status: 'pending' }],
		[
			'expired',
			500,
			grpc(2, 'invoice expired. Valid until 2026-11-20 01:00:00 +0000 UTC'),
			{ status: 'refused', cause: 'expired' },
		],
		[
			'an empty LiT account',
			500,
			grpc(2, 'account balance insufficient'),
			{ status: 'refused', cause: 'budget' },
		],
		[
			'an unknown field',
			400,
			grpc(3, 'proto: (line 1:2): unknown field "x"'),
			{ status: 'refused', cause: 'other' },
		],
		[
			'a wrong macaroon',
			500,
			grpc(2, 'verification failed: signature mismatch after caveat verification'),
			{ status: 'notSent', cause: 'unauthorized' },
		],
		[
			'an unknown root key',
			500,
			{ code: 2, message: "cannot get macaroon: root key with id 0 doesn't exist" },
			{ status: 'notSent', cause: 'unauthorized' },
		],
		[
			'a macaroon that may not pay',
			500,
			{ code: 2, message: 'permission denied' },
			{ status: 'notSent', cause: 'unauthorized' },
		],
		[
			'a locked wallet',
			500,
			grpc(2, 'wallet locked, unlock it to enable full RPC access'),
			{ status: 'notSent', cause: 'unreachable' },
		],
		[
			'a locked wallet, by another code',
			400,
			grpc(9, 'rpc error: code = FailedPrecondition desc = wallet locked'),
			{ status: 'notSent', cause: 'unreachable', reason: expect.stringContaining('lncli unlock') },
		],
		[
			'a node that is behind the chain',
			400,
			grpc(9, 'chain backend is still syncing'),
			{ status: 'notSent', cause: 'unreachable', reason: expect.stringContaining('Wait until') },
		],
		[
			'a node that has just been started',
			500,
			grpc(2, 'server is still in the process of starting'),
			{ status: 'notSent', cause: 'unreachable', reason: expect.stringContaining('Wait until') },
		],
		[
			'a macaroon without the right to pay',
			500,
			grpc(2, 'permission denied'),
			{
				cause: 'unauthorized',
				reason: expect.stringContaining('lacks uri:/routerrpc.Router/Send'),
			},
		],
		[
			'a failure with a part in flight',
			200,
			line({ status: 'FAILED', htlcs: [{ status: 'IN_FLIGHT' }] }),
			{ status: 'pending' },
		],
		[
			'a failure with a part that arrived',
			200,
			line({ status: 'FAILED', htlcs: [{ status: 'SUCCEEDED' }] }),
			{ status: 'unknown' },
		],
		[
			'a failure after it was in flight',
			200,
			line() + failed('FAILURE_REASON_NO_ROUTE'),
			{ status: 'failed', cause: 'noRoute' },
		],
		['forbidden', 403, '', { status: 'notSent', cause: 'unauthorized' }],
		[
			'a path it does not have',
			404,
			{ code: 5, message: 'Not Found', details: [] },
			{ status: 'notSent', cause: 'unreachable' },
		],
		['a lost link to its own gRPC', 503, grpc(14, 'transport is closing'), { status: 'unknown' }],
		['a deadline of its own', 504, grpc(4, 'context deadline exceeded'), { status: 'unknown' }],
		['a page with 500', 500, '<html>oops</html>', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readLndPayment(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

describe('the answer to a look-up', () => {
	test.each([
		['success', 200, succeeded, { status: 'paid', preimage: PREIMAGE, feeMsat: 12n }],
		['failure', 200, failed('FAILURE_REASON_NO_ROUTE'), { status: 'failed', cause: 'noRoute' }],
		['in flight', 200, line(), { status: 'pending' }],
		['initiated', 200, line({ status: 'INITIATED' }), { status: 'pending' }],
		['another payment', 200, succeeded.replace(HASH, OTHER_HASH), { status: 'unknown' }],
		['never tried', 404, grpc(5, "payment isn't initiated"), { status: 'notFound' }],
		['another 404 of LND', 404, { code: 5, message: 'Not Found' }, { status: 'unknown' }],
		['a 404 in front of LND', 404, '<html>404 Not Found</html>', { status: 'unknown' }],
		['no permission', 500, grpc(2, 'permission denied'), { status: 'unknown' }],
		['a page', 200, '<html></html>', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readLndLookup(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

describe('a proof outweighs the label', () => {
	const hash = paymentHashOf(PREIMAGE);
	const proven = { status: 'paid', preimage: PREIMAGE };
	const base64 = Buffer.from(PREIMAGE, 'hex').toString('base64');
	test.each([
		['failed', { status: 'FAILED', payment_preimage: PREIMAGE }],
		['in flight', { status: 'IN_FLIGHT', payment_preimage: PREIMAGE }],
		['a state nobody knows', { status: 'DREAMING', payment_preimage: PREIMAGE }],
		['in a part, as bytes', { status: 'FAILED', htlcs: [{ status: 'FAILED', preimage: base64 }] }],
	])('%s', (_what, change) => {
		const text = line({ payment_hash: hash, ...change });
		expect(readLndLookup(answered(200, text), hash)).toMatchObject(proven);
		expect(readLndPayment(answered(200, text), hash)).toMatchObject(proven);
		expect(readLndPayment(answered(200, text + line({ payment_hash: hash })), hash)).toMatchObject(
			proven,
		);
	});
});

test('what never ends in LND is told how to be seen', () => {
	expect(readLndLookup(answered(200, line()), HASH)).toMatchObject({
		status: 'pending',
		reason: expect.stringMatching(/listchannels.*docs\/wallets\.md/),
	});
});
