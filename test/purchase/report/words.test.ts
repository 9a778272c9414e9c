import type { FailureCause } from '../../../nodes/Sats4Ai/l402/payer';
import {
	deliveredElsewhere,
	changedOrderFailure,
	heldElsewhere,
	letGo,
} from '../../../nodes/Sats4Ai/purchase/openFailures';
import {
	notAccepted,
	pictureOrFailure,
	settlementFailure,
} from '../../../nodes/Sats4Ai/purchase/failures';
import { dayLimitReached, notTold } from '../../../nodes/Sats4Ai/purchase/dayFailures';
import {
	unforeseenFailure,
	unforeseenRedeemFailure,
} from '../../../nodes/Sats4Ai/purchase/unforeseen';
import type { OpenPurchase } from '../../../nodes/Sats4Ai/purchase/books/openPurchase';
import { FAILED } from '../../../nodes/Sats4Ai/purchase/report/causes';
import { cancelled, PurchaseFailure } from '../../../nodes/Sats4Ai/purchase/report/failure';
import { reasonIn } from '../../../nodes/Sats4Ai/purchase/report/reasonIn';
import { NOT_CHARGED, satOf } from '../../../nodes/Sats4Ai/purchase/report/receipt';
import type { HttpAnswer } from '../../../nodes/Sats4Ai/l402/http';
import { openPurchase } from '../openPurchases';

const HASH = 'ab'.repeat(32);
const purchase = openPurchase({ token: 'AAAA', invoice: 'lnbc1', amountMsat: '5500' });
const payment = { token: 'AAAA', invoice: 'lnbc1', paymentHash: HASH, priceSat: 6 };
const preimage = '12'.repeat(32);
const paidPurchase: OpenPurchase = { ...purchase, status: 'paid', preimage };

test.each(Object.entries(FAILED))(
	'a payment that failed for %s',
	(cause, { code, message, hint }) => {
		const settlement = {
			status: 'failed',
			cause: cause as FailureCause,
			reason: 'its words',
		} as const;
		expect(settlementFailure(settlement, purchase).report).toEqual({
			code,
			spent: 'no',
			message: `${message}: its words`,
			hint,
			payment,
		});
		expect(hint).toMatch(/^Nothing was paid\. .*\.$/);
	},
);

test('which cause has which code', () => {
	const codes = Object.entries(FAILED).map(([cause, { code }]) => [cause, code]);
	expect(Object.fromEntries(codes)).toEqual({
		unauthorized: 'WALLET_UNAUTHORIZED',
		unreachable: 'WALLET_UNREACHABLE',
		feeLimit: 'FEE_OVER_LIMIT',
		balance: 'PAYMENT_FAILED',
		budget: 'PAYMENT_FAILED',
		noRoute: 'PAYMENT_FAILED',
		offline: 'PAYMENT_FAILED',
		expired: 'PAYMENT_FAILED',
		rejected: 'PAYMENT_FAILED',
		other: 'PAYMENT_FAILED',
	});
});

test('what each cause says', () => {
	const messages = Object.entries(FAILED).map(([cause, { message }]) => [cause, message]);
	expect(Object.fromEntries(messages)).toEqual({
		unauthorized: 'The wallet refused the credential',
		unreachable: 'The wallet could not be reached',
		feeLimit: 'The routing fee is above your limit',
		balance: 'The wallet has not enough balance',
		budget: "The wallet's own spending limit is reached",
		noRoute: 'The wallet found no route to the service',
		offline: "The wallet's channels are offline",
		expired: 'The invoice expired before it was paid',
		rejected: 'The payment was rejected',
		other: 'The wallet did not pay',
	});
});

test('what the wallet already says is not said twice', () => {
	const failed = (cause: FailureCause, reason: string) =>
		settlementFailure({ status: 'failed', cause, reason }, purchase).message;
	expect(failed('unreachable', 'my LND could not be reached: refused')).toBe(
		'My LND could not be reached: refused',
	);
	expect(failed('unreachable', 'it could not be reachedd')).toMatch(/^The wallet could not be/);
	expect(failed('unreachable', 'my LND was not reached')).toBe('My LND was not reached');
	expect(failed('other', 'it could not be reached')).toMatch(/^The wallet did not pay: it/);
});

test.each([
	['LND refused the macaroon: permission denied', true],
	['Core Lightning refused the rune', true],
	['LNbits refused the credentials (HTTP 401)', true],
	['my own little phoenixd refused the password', true],
	['this is my own phoenixd refused the password', false],
	['LND refused the macaroons', false],
	['LND refused the payment', false],
	[' LND refused the macaroon', false],
])('a wallet that says "%s" has said all: %s', (reason, isSaid) => {
	const { message } = settlementFailure(
		{ status: 'failed', cause: 'unauthorized', reason },
		purchase,
	);
	const all = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
	expect(message).toBe(isSaid ? all : `The wallet refused the credential: ${reason}`);
});

test('a payment without proof, and one that nobody can tell of', () => {
	expect(settlementFailure({ status: 'unproven', reason: 'its words' }, purchase).report).toEqual({
		code: 'PREIMAGE_INVALID',
		spent: 'yes',
		message: 'The payment cannot be proven: its words',
		hint: "Do not pay again. Find the preimage in the wallet and finish with 'Payment' = 'Redeem', or run again: the open payment is looked up first.",
		payment,
	});
	expect(settlementFailure({ status: 'unknown', reason: 'its words' }, purchase).report).toEqual({
		code: 'PAYMENT_UNKNOWN',
		spent: 'unknown',
		message: 'Nobody can tell yet whether the invoice was paid: its words',
		hint: "Run again: the open payment is looked up and finished, not repeated. Or find it in the wallet by its payment hash and finish with 'Payment' = 'Redeem'.",
		payment,
	});
});

const RUN_AGAIN =
	"The picture is paid; do not pay again. Run again: the same proof of payment is sent first. Or finish by hand with 'Payment' = 'Redeem' and the token and preimage of this error.";
const answer: HttpAnswer = {
	kind: 'answer',
	status: 503,
	headers: {},
	body: Buffer.from('{"error":"busy"}'),
};
const service = { statusCode: 503, errorCode: null, message: 'busy', refund: null };

test.each([
	[
		{ status: 'unserved', outcome: answer, said: 'busy' },
		'REDEEM_FAILED',
		'The invoice is paid, but the service did not deliver: busy',
		RUN_AGAIN,
		{ service },
	],
	[
		{ status: 'unserved', outcome: { kind: 'lost', reason: 'timeout' }, said: 'timeout' },
		'REDEEM_FAILED',
		'The invoice is paid, but the service did not answer: timeout',
		RUN_AGAIN,
		{ service: { statusCode: null, errorCode: null, message: 'timeout', refund: null } },
	],
	[
		{ status: 'unreachable', words: service, imageUrl: 'https://a.example/p' },
		'REDEEM_FAILED',
		'The picture is ready, but its link cannot be fetched: 503: busy',
		'The picture is paid; do not pay again. Fetch imageUrl of this error by hand soon, or run again: the link is fetched first.',
		{ service, imageUrl: 'https://a.example/p' },
	],
	[
		{ status: 'failed', words: service },
		'REDEEM_FAILED',
		'The invoice is paid, but the service could not make the picture: 503: busy',
		RUN_AGAIN,
		{ service },
	],
	[
		{ status: 'none', reason: 'it is a page', words: null, imageUrl: null },
		'RESULT_INVALID',
		'The invoice is paid, but the service sent no picture: it is a page',
		RUN_AGAIN,
		{},
	],
	[
		{ status: 'none', reason: 'it is a page', words: service, imageUrl: 'https://a.example/p' },
		'RESULT_INVALID',
		'The invoice is paid, but the service sent no picture: it is a page',
		RUN_AGAIN,
		{ service, imageUrl: 'https://a.example/p' },
	],
] as ReadonlyArray<readonly [object, string, string, string, object]>)(
	'paid, and no picture: %j',
	(collected, code, message, hint, more) => {
		const failure = pictureOrFailure(collected as Parameters<typeof pictureOrFailure>[0], payment);
		if (!(failure instanceof PurchaseFailure)) throw new Error('a picture');
		expect(failure.report).toEqual({ code, spent: 'yes', message, hint, payment, ...more });
	},
);

test('a proof brought by hand that the service does not take', () => {
	expect(notAccepted(answer, payment).report).toEqual({
		code: 'REDEEM_FAILED',
		spent: 'yes',
		message: 'The service does not deliver for this proof of payment: 503: busy',
		hint: 'A proof buys one picture, once: this one may be used already, or be for another picture, operation or parameters than the invoice was. Compare them with the item of the invoice, and ask the service if they agree.',
		payment,
		service,
	});
});

test.each([
	[
		deliveredElsewhere(purchase),
		'REDEEM_FAILED',
		`This picture was bought before (payment hash ${HASH}), and another attempt has delivered it`,
		'Nothing was paid again. Take the picture from the execution that has it, or run the workflow anew to buy it again.',
	],
	[
		heldElsewhere(purchase),
		'PAYMENT_UNKNOWN',
		`Another attempt is still at work on this very purchase (payment hash ${HASH})`,
		'Nothing was paid again. Wait until the other execution has ended, and see whether it has the picture.',
	],
	[
		changedOrderFailure(['Base URL', 'image'], purchase),
		'REDEEM_FAILED',
		'The invoice is paid, but for other bytes than this try sends: Base URL, image changes with each try',
		"Do not pay again: nothing was. Work out what changes in a node before this one, so that each try sends the same. This purchase can be finished by hand with 'Payment' = 'Redeem', the fields as they were, and the token and preimage of this error.",
	],
	[
		changedOrderFailure(['x'.repeat(300)], purchase),
		'REDEEM_FAILED',
		`The invoice is paid, but for other bytes than this try sends: ${'x'.repeat(200)} changes with each try`,
		expect.any(String),
	],
	[
		letGo(heldElsewhere(purchase)),
		'PAYMENT_UNKNOWN',
		`Another attempt is still at work on this very purchase (payment hash ${HASH})`,
		"The service has not delivered for more than a day, so the purchase is let go: the next run buys anew. A Retry of this execution still asks for what was paid. Keep token and preimage of this error: with them 'Payment' = 'Redeem' finishes it.",
	],
])('of a purchase that is open: %s', (failure, code, message, hint) => {
	const spent = code === 'PAYMENT_UNKNOWN' ? 'unknown' : 'yes';
	expect(failure.report).toEqual({ code, spent, message, hint, payment });
});

test('a wallet that does not tell what it has spent', () => {
	const told = (cause: FailureCause) =>
		notTold({ status: 'unavailable', cause, reason: 'silence' });
	const message =
		"'Max per Day (Sats)' is set, and the wallet does not tell what it has spent: silence";
	expect(told('unauthorized').report).toEqual({
		code: 'WALLET_UNAUTHORIZED',
		spent: 'no',
		message,
		hint: "Nothing was paid. Allow it in the wallet, or set 'Max per Day (Sats)' in the credential to 0.",
	});
	expect(told('unreachable').report).toEqual({
		code: 'WALLET_UNREACHABLE',
		spent: 'no',
		message,
		hint: FAILED.unreachable.hint,
	});
});

test.each([
	[null, 'Sats become free when the payments under way have ended.'],
	[0, 'The next sats become free at 1970-01-01T00:00:00.000Z.'],
])('the limit of a day, free at %s', (freeAt, when) => {
	expect(dayLimitReached(purchase, 5_001n, 9_999n, freeAt).report).toEqual({
		code: 'DAY_LIMIT_REACHED',
		spent: 'no',
		message:
			'This picture may cost 8 sats with its fee; 6 of 9 sats that may leave this wallet within 24 hours are spent or under way',
		hint: `Nothing was paid for this item. ${when} Or raise 'Max per Day (Sats)' in the credential, or lower 'Max Fee (Sats)'.`,
	});
});

test('what nobody foresaw is never said to have cost nothing', () => {
	expect(unforeseenFailure(new Error('odd'), purchase).report).toMatchObject({
		code: 'PAYMENT_UNKNOWN',
		spent: 'unknown',
		message: 'Nobody can tell yet whether the invoice was paid: odd',
		payment,
	});
	expect(unforeseenFailure(new Error('odd'), paidPurchase).report).toEqual({
		code: 'REDEEM_FAILED',
		spent: 'yes',
		message: 'The invoice is paid, but the picture could not be taken: odd',
		hint: 'The picture is paid; do not pay again. Run again: the proof of payment is kept.',
		payment: { ...payment, preimage },
	});
	expect(unforeseenRedeemFailure(new Error('odd'), payment).report).toEqual({
		code: 'REDEEM_FAILED',
		spent: 'yes',
		message: 'The proof of payment was sent, but the picture could not be taken: odd',
		hint: RUN_AGAIN,
		payment,
	});
	const known = cancelled();
	expect(unforeseenFailure(known, purchase)).toBe(known);
	expect(unforeseenRedeemFailure(known, payment)).toBe(known);
	expect(known.report).toEqual({
		code: 'CANCELLED',
		spent: 'no',
		message: 'The run was stopped',
		hint: 'Nothing was paid for this item.',
	});
});

test('what is known of the money goes before the rule of the code', () => {
	const failure = new PurchaseFailure('REDEEM_FAILED', 'm', 'h', { spent: 'no' });
	expect(failure.report.spent).toBe('no');
	expect(failure.name).toBe('PurchaseFailure');
});

test.each([
	[new Error('odd'), 'odd'],
	[{ message: 'of another realm' }, 'of another realm'],
	[{ message: 'x'.repeat(301) }, 'x'.repeat(300)],
	[{ message: '' }, 'unknown reason'],
	[{ message: 5 }, 'unknown reason'],
	[{}, 'unknown reason'],
	[null, 'unknown reason'],
	['text', 'unknown reason'],
])('the reason in %p', (cause, reason) => {
	expect(reasonIn(cause)).toBe(reason);
});

test.each([
	[0n, 0],
	[1n, 1],
	[1_000n, 1],
	[1_001n, 2],
])('%d msat are shown as %d sats', (msat, sat) => {
	expect(satOf(msat)).toBe(sat);
});

test('a receipt of what was not charged', () => {
	expect(NOT_CHARGED).toEqual({
		status: 'notCharged',
		priceSat: 0,
		feeMsat: null,
		paymentHash: null,
		preimage: null,
		wallet: null,
		paidAt: null,
	});
});
