import { readClnLookup, readClnPayment } from '../../../nodes/Sats4Ai/wallets/cln/answer';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const success = {
	payment_preimage: PREIMAGE,
	amount_msat: 1000,
	amount_sent_msat: 1002,
	failed_parts: 0,
	successful_parts: 1,
};
const rpc = (code: number, message: string) => ({ code, message, data: {} });

describe('the answer to a payment', () => {
	test.each([
		['xpay', 201, success, { status: 'paid', preimage: PREIMAGE, feeMsat: 2n }],
		['pay', 201, { ...success, status: 'complete' }, { status: 'paid', feeMsat: 2n }],
		[
			'amounts of 2023',
			201,
			{ ...success, amount_msat: '1000msat', amount_sent_msat: '1005msat' },
			{ status: 'paid', feeMsat: 5n },
		],
		['no amounts', 201, { payment_preimage: PREIMAGE }, { status: 'paid', feeMsat: null }],
		['pending', 201, { ...success, status: 'pending' }, { status: 'pending' }],
		['no proof', 201, {}, { status: 'unknown' }],
		[
			'an empty place for the proof',
			201,
			{ ...success, payment_preimage: null },
			{ status: 'unknown' },
		],
		[
			'an empty place for the proof of a payment under way',
			201,
			{ ...success, payment_preimage: null, status: 'pending' },
			{ status: 'pending' },
		],
		[
			'complete without its proof',
			201,
			{ ...success, payment_preimage: null, status: 'complete' },
			{ status: 'paid', preimage: null },
		],
		['a page', 200, '<html></html>', { status: 'unknown' }],
		['no route', 500, rpc(205, 'Failed'), { status: 'refused', cause: 'noRoute' }],
		['expired', 500, rpc(207, 'Invoice expired'), { status: 'refused', cause: 'expired' }],
		['too dear', 500, rpc(206, 'Route too expensive'), { status: 'refused', cause: 'feeLimit' }],
		['destination refused', 500, rpc(203, 'Refused'), { status: 'refused', cause: 'rejected' }],
		['already paid', 500, rpc(219, 'Already paid'), { status: 'refused' }],
		['already paid before 26.06', 500, rpc(218, 'Already paid'), { status: 'refused' }],
		[
			'in progress',
			500,
			rpc(-3, 'Unexpected injectpaymentonion error 200: still in progress'),
			{ status: 'refused', isVague: true },
		],
		['an error without a code', 500, { message: 'lost' }, { status: 'unknown' }],
		['a catch-all', 500, rpc(-1, 'something'), { status: 'refused', isVague: true }],
		[
			'an unreachable recipient, with no code of its own',
			500,
			rpc(0, 'Destination 02aa is not reachable directly and all routehints were unusable.'),
			{ status: 'refused', cause: 'noRoute', isVague: true },
		],
		['an unknown command', 404, rpc(-32601, 'Unknown command'), { cause: 'unreachable' }],
		['no rune', 403, rpc(1501, 'Missing rune'), { status: 'notSent', cause: 'unauthorized' }],
		['a rune of others', 401, rpc(1501, 'Not derived'), { cause: 'unauthorized' }],
		[
			'a rune above its rate',
			401,
			rpc(1502, 'Not permitted: Rate of 10 per minute exceeded'),
			{ status: 'notSent', cause: 'budget' },
		],
		[
			'a rune above its amount',
			401,
			rpc(1502, 'Not permitted: pinvinvstring_amount is greater or equal to 100001'),
			{ status: 'notSent', cause: 'budget' },
		],
		['a gateway', 502, '<html></html>', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readClnPayment(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

describe('the answer to a look-up', () => {
	const group = (status: string, change: object = {}) => ({
		payment_hash: HASH,
		status,
		amount_msat: 1000,
		amount_sent_msat: 1002,
		...change,
	});
	const complete = group('complete', { preimage: PREIMAGE });
	test.each([
		['complete', [complete], { status: 'paid', preimage: PREIMAGE, feeMsat: 2n }],
		['failed, then complete', [group('failed'), complete], { status: 'paid' }],
		['complete, then failed', [complete, group('failed')], { status: 'paid' }],
		['failed, then pending', [group('failed'), group('pending')], { status: 'pending' }],
		['failed twice', [group('failed'), group('failed')], { status: 'failed' }],
		['a new state', [group('failed'), group('paused')], { status: 'pending' }],
		['never tried', [], { status: 'notFound' }],
		['another payment', [group('failed', { payment_hash: OTHER_HASH })], { status: 'unknown' }],
		['nothing of the kind', undefined, { status: 'unknown' }],
	])('%s', (_what, pays, outcome) => {
		expect(readClnLookup(answered(201, { pays }), HASH)).toMatchObject(outcome);
	});

	test.each([401, 404, 500, 502])('HTTP %d is unknown', (status) => {
		expect(readClnLookup(answered(status, { pays: [] }), HASH).status).toBe('unknown');
	});
});
