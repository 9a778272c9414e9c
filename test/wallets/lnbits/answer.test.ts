import { paymentHashOf } from '../../../nodes/Sats4Ai/l402/preimage';
import { readFeeReserve, readWallet } from '../../../nodes/Sats4Ai/wallets/lnbits/wallet';
import { readLnbitsLookup, readLnbitsPayment } from '../../../nodes/Sats4Ai/wallets/lnbits/answer';
import { answered, HASH, OTHER_HASH, PREIMAGE } from '../answers';

const payment = (change: object = {}) => ({
	checking_id: HASH,
	payment_hash: HASH,
	amount: -5000,
	fee: -12,
	status: 'success',
	preimage: PREIMAGE,
	...change,
});
const detail = (text: string, status?: string) => ({ detail: text, status });

describe('the answer to a payment', () => {
	test.each([
		['success', 201, payment(), { status: 'paid', preimage: PREIMAGE, feeMsat: 12n }],
		['no preimage', 201, payment({ preimage: null }), { status: 'paid', preimage: null }],
		['pending', 201, payment({ status: 'pending', preimage: null }), { status: 'pending' }],
		['failed', 201, payment({ status: 'failed' }), { status: 'unknown' }],
		['before 1.0', 201, { payment_hash: HASH, checking_id: HASH }, { status: 'unknown' }],
		['another payment', 201, payment({ payment_hash: OTHER_HASH }), { status: 'unknown' }],
		['a page', 200, '<html></html>', { status: 'unknown' }],
		[
			'no balance',
			520,
			detail('Insufficient balance.', 'failed'),
			{ status: 'refused', cause: 'balance' },
		],
		[
			'no reserve',
			520,
			detail('You must reserve at least (2  sat) to cover potential routing fees.', 'failed'),
			{ status: 'refused', cause: 'balance' },
		],
		['no balance before 1.0', 403, detail('Insufficient balance.'), { status: 'refused' }],
		[
			'a daily limit',
			400,
			detail('Daily withdrawal limit of 100 sats reached.'),
			{ status: 'refused', cause: 'budget' },
		],
		['paid before', 520, detail('Payment already paid.', 'success'), { status: 'refused' }],
		['under way', 520, detail('Payment is still pending.', 'pending'), { status: 'pending' }],
		[
			'internal, paid before',
			520,
			detail('Internal invoice already paid.', 'failed'),
			{ status: 'refused' },
		],
		[
			'a failure of the node',
			520,
			detail('Payment failed: no_route', 'failed'),
			{ status: 'refused', cause: 'noRoute' },
		],
		[
			'a node that was lost on the way',
			520,
			detail('Payment failed: connection reset by peer', 'failed'),
			{ status: 'unknown', isLineLost: true },
		],
		[
			'a request it does not understand',
			422,
			{ detail: [{ loc: ['body', 'bolt11'], msg: 'field required' }] },
			{ status: 'refused', cause: 'rejected', reason: expect.stringContaining('field required') },
		],
		['a list with another status', 500, { detail: [{ msg: 'odd' }] }, { status: 'unknown' }],
		['422 of a proxy', 422, { detail: 'Unprocessable' }, { status: 'unknown' }],
		['520 of a proxy', 520, '<html>unknown error</html>', { status: 'unknown' }],
		['a crash', 500, detail('Unexpected error'), { status: 'unknown' }],
		[
			'the invoice key',
			403,
			detail('Invoice (or Admin) key required.'),
			{ status: 'notSent', cause: 'unauthorized' },
		],
		[
			'an unknown key',
			404,
			detail('Wallet not found.'),
			{ status: 'notSent', cause: 'unauthorized' },
		],
		['a wrong path', 404, detail('Not Found'), { status: 'notSent', cause: 'unreachable' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readLnbitsPayment(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

describe('the answer to a look-up', () => {
	const found = (paid: boolean, status: string | undefined, details: object | undefined) => ({
		paid,
		status,
		preimage: paid ? PREIMAGE : null,
		details,
	});
	test.each([
		[true, 'pending'],
		[1, 'pending'],
		['1', 'pending'],
		['true', 'pending'],
		[false, 'failed'],
		[0, 'failed'],
		['0', 'failed'],
		['false', 'failed'],
		['untrue', 'failed'],
		['true?', 'failed'],
		[['true'], 'failed'],
		[null, 'failed'],
	])('failed, and pending: %j', (pending, status) => {
		const answer = answered(200, found(false, 'failed', payment({ status: 'failed', pending })));
		expect(readLnbitsLookup(answer, HASH)).toMatchObject({ status });
	});

	test('the proof, without details', () => {
		const answer = answered(200, found(true, undefined, undefined));
		expect(readLnbitsLookup(answer, paymentHashOf(PREIMAGE))).toMatchObject({ status: 'paid' });
	});

	test.each([
		['paid', 200, found(true, undefined, payment()), { status: 'paid', feeMsat: 12n }],
		['failed', 200, found(false, 'failed', payment({ status: 'failed' })), { status: 'failed' }],
		[
			'pending',
			200,
			found(false, 'pending', payment({ status: 'pending' })),
			{ status: 'pending' },
		],
		[
			'paid, before 1.0',
			200,
			found(true, undefined, payment({ status: undefined, pending: false })),
			{ status: 'paid', preimage: PREIMAGE },
		],
		[
			'pending, before 1.0',
			200,
			found(false, undefined, payment({ status: undefined, pending: true })),
			{ status: 'pending' },
		],
		[
			'"paid" of a failed payment',
			200,
			found(true, undefined, payment({ status: 'failed' })),
			{ status: 'unknown' },
		],
		[
			'"paid" without details or proof',
			200,
			{ ...found(true, undefined, undefined), preimage: '00'.repeat(32) },
			{ status: 'unknown' },
		],
		['"failed" without details', 200, found(false, 'failed', undefined), { status: 'unknown' }],
		[
			'an incoming one',
			200,
			found(true, undefined, payment({ amount: 5000 })),
			{ status: 'unknown' },
		],
		[
			'another payment',
			200,
			found(true, undefined, payment({ payment_hash: OTHER_HASH })),
			{ status: 'unknown' },
		],
		['never tried', 404, detail('Payment does not exist.'), { status: 'notFound' }],
		['another 404', 404, detail('Not Found'), { status: 'unknown' }],
		['a page', 404, '<html>404</html>', { status: 'unknown' }],
		['a crash', 500, '', { status: 'unknown' }],
	])('%s', (_what, status, body, outcome) => {
		expect(readLnbitsLookup(answered(status, body), HASH)).toMatchObject(outcome);
	});
});

test.each([
	['named', 200, { fee_reserve: 2000 }, 2000n],
	['no such question, small', 404, detail('Not Found'), 2000n],
	['no such question, 1 %', 405, '', 9001n],
	['nonsense', 200, { fee_reserve: 'much' }, { status: 'notSent', cause: 'unreachable' }],
	['negative', 200, { fee_reserve: -1 }, { status: 'notSent' }],
	['amountless', 400, detail('Invoice has no amount.'), { status: 'notSent', cause: 'rejected' }],
	['forbidden', 401, '', { status: 'notSent', cause: 'unauthorized' }],
	['down', 502, '', { status: 'notSent', cause: 'unreachable' }],
])('the fee reserve: %s', (what, status, body, expected) => {
	const reserve = readFeeReserve(answered(status, body), what.endsWith('%') ? 900_001n : 5_000n);
	if (typeof expected === 'bigint') expect(reserve).toBe(expected);
	else expect(reserve).toMatchObject(expected);
});

test.each([
	['the admin key', 200, { id: 'a1', name: 'w', balance: 5 }, { status: 'ok', spendableMsat: 5n }],
	['the invoice key', 200, { name: 'w', balance: 5 }, { cause: 'unauthorized' }],
	['an unknown key', 404, detail('Wallet not found.'), { cause: 'unauthorized' }],
	['another server', 200, '<html></html>', { cause: 'unreachable' }],
])('the wallet, by %s', (_what, status, body, expected) => {
	expect(readWallet(answered(status, body))).toMatchObject(expected);
});
