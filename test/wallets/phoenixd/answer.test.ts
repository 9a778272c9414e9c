import { phoenixdFeeMsat } from '../../../nodes/Sats4Ai/wallets/phoenixd/wallet';
import {
	readPhoenixdLookup,
	readPhoenixdPayment,
} from '../../../nodes/Sats4Ai/wallets/phoenixd/answer';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const success = {
	recipientAmountSat: 5,
	routingFeeSat: 4,
	paymentId: 'x',
	paymentHash: HASH,
	paymentPreimage: PREIMAGE,
};
const refusal = (reason: string) => ({ paymentHash: HASH, reason });

describe('the answer to a payment', () => {
	test.each([
		[
			'success, its fee in sat',
			200,
			success,
			{ status: 'paid', preimage: PREIMAGE, feeMsat: 4000n },
		],
		['another payment', 200, { ...success, paymentHash: OTHER_HASH }, { status: 'unknown' }],
		['paid before', 200, refusal('this invoice has already been paid'), { status: 'refused' }],
		[
			'under way',
			200,
			refusal('another payment is in progress for that invoice'),
			{ status: 'refused' },
		],
		[
			'no funds',
			200,
			refusal('not enough funds in wallet to afford payment'),
			{ status: 'refused', cause: 'balance' },
		],
		[
			'offline recipient',
			200,
			refusal('the recipient was offline or did not have enough liquidity to receive the payment'),
			{ status: 'refused', cause: 'noRoute' },
		],
		[
			'no channel',
			200,
			refusal('channel is not connected yet, please retry when connected'),
			{ status: 'refused', cause: 'offline' },
		],
		['a class name', 200, refusal('RecipientRejectedPayment'), { cause: 'rejected' }],
		[
			'a failure beside an empty place for the preimage',
			200,
			{ ...refusal('no route'), paymentPreimage: null },
			{ status: 'refused', cause: 'noRoute' },
		],
		['a failure of no name', 200, { reason: 'no route' }, { status: 'refused', cause: 'noRoute' }],
		[
			'a failure of another name',
			200,
			{ reason: 'no route', paymentHash: OTHER_HASH },
			{ status: 'unknown' },
		],
		['neither', 200, { paymentHash: HASH }, { status: 'unknown' }],
		['a page', 200, '<html></html>', { status: 'unknown' }],
		['a bad invoice', 400, 'Invalid request parameter', { status: 'refused', cause: 'rejected' }],
		['a wrong password', 401, 'Invalid', { status: 'notSent', cause: 'unauthorized' }],
		['a wrong path', 404, '', { status: 'notSent', cause: 'unreachable' }],
		['a crash', 500, 'oops', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readPhoenixdPayment(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

describe('the answer to a look-up', () => {
	const found = (change: object) => ({
		type: 'outgoing_payment',
		paymentHash: HASH,
		isPaid: false,
		sent: 9,
		fees: 4020,
		createdAt: 1,
		...change,
	});
	test.each([
		[
			'paid, its fee in msat',
			200,
			found({ isPaid: true, preimage: PREIMAGE, completedAt: 2 }),
			{ status: 'paid', preimage: PREIMAGE, feeMsat: 4020n },
		],
		['pending', 200, found({}), { status: 'pending' }],
		['failed', 200, found({ completedAt: 2 }), { status: 'failed' }],
		['another payment', 200, found({ paymentHash: OTHER_HASH }), { status: 'unknown' }],
		['an incoming one', 200, found({ type: 'incoming_payment' }), { status: 'unknown' }],
		['no state', 200, found({ isPaid: undefined }), { status: 'unknown' }],
		['never tried', 404, 'Not found', { status: 'notFound' }],
		['a path before 0.5.0', 404, '', { status: 'unknown' }],
		['a page of a proxy', 404, '<html>404 Not Found</html>', { status: 'unknown' }],
		['a wrong password', 401, '', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readPhoenixdLookup(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

test.each([
	[1_000n, 4_004n],
	[5_000n, 4_020n],
	[5_001n, 4_021n],
	[200_000n, 4_800n],
])('the fee for %d msat is %d msat', (amountMsat, feeMsat) => {
	expect(phoenixdFeeMsat(amountMsat)).toBe(feeMsat);
});
