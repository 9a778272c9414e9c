import { readCallbackAnswer } from '../../nodes/Sats4Ai/lnurl/answers';
import { INSIDE } from './inside';
import { readWithdrawOffer, withdrawCallback } from '../../nodes/Sats4Ai/lnurl/withdrawOffer';

const answer = {
	tag: 'withdrawRequest',
	callback: 'https://pay.example/cb',
	k1: 'a b&c',
	defaultDescription: 'Refund',
	minWithdrawable: 1_000,
	maxWithdrawable: 5_000,
};
const read = (value: unknown, mayLeadInside = false) =>
	readWithdrawOffer(
		Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
		mayLeadInside,
	);

test('an offer is read, also from another host than the link', () => {
	expect(read(answer)).toEqual({
		status: 'offer',
		offer: { callback: 'https://pay.example/cb', k1: 'a b&c', minMsat: 1_000n, maxMsat: 5_000n },
	});
});

test.each([
	['https://pay.example/cb', 'https://pay.example/cb?k1=a%20b%26c&pr=lnbc1'],
	['https://pay.example/cb?id=1', 'https://pay.example/cb?id=1&k1=a%20b%26c&pr=lnbc1'],
])('the invoice goes to %s with the parameters it has', (callback, url) => {
	const outcome = read({ ...answer, callback });
	expect(outcome.status === 'offer' && withdrawCallback(outcome.offer, 'lnbc1')).toBe(url);
});

test.each([
	['nothing', ''],
	['no JSON', '<html>'],
	['a list', '[]'],
	['another tag', { ...answer, tag: 'payRequest' }],
	['no tag', { ...answer, tag: undefined }],
	['no callback', { ...answer, callback: undefined }],
	['a callback that is no address', { ...answer, callback: '/cb' }],
	['a callback in plain http', { ...answer, callback: 'http://pay.example/cb' }],
	['a callback into a file', { ...answer, callback: 'file:///etc/passwd' }],
	['a callback with a password', { ...answer, callback: 'https://a:b@pay.example/' }],
	['a callback that has its k1 already', { ...answer, callback: 'https://pay.example/?k1=1' }],
	['a callback that has its pr already', { ...answer, callback: 'https://pay.example/?pr=1' }],
	['a callback on this machine', { ...answer, callback: 'http://127.0.0.1:5678/rest' }],
	['a callback on this machine with TLS', { ...answer, callback: 'https://localhost/rest' }],
	['no k1', { ...answer, k1: undefined }],
	['an empty k1', { ...answer, k1: '' }],
	['a k1 with a line break', { ...answer, k1: 'a\nb' }],
	['an endless k1', { ...answer, k1: 'a'.repeat(2_000) }],
	['a k1 of a thousand and one characters', { ...answer, k1: 'a'.repeat(1_001) }],
	['a k1 that begins with a line break', { ...answer, k1: '\na' }],
	['a k1 that is no ASCII', { ...answer, k1: 'ä' }],
	['a k1 that is a number', { ...answer, k1: 5 }],
	['a callback that is a list', { ...answer, callback: ['https://pay.example/cb'] }],
	['an amount beyond what a number holds', { ...answer, maxWithdrawable: 2 ** 53 }],
	['no amount', { ...answer, maxWithdrawable: undefined }],
	['an amount as text', { ...answer, maxWithdrawable: '5000' }],
	['an amount of zero', { ...answer, minWithdrawable: 0, maxWithdrawable: 0 }],
	['an amount below zero', { ...answer, minWithdrawable: -1 }],
	['a part of a msat', { ...answer, maxWithdrawable: 1.5, minWithdrawable: 1 }],
	['limits the wrong way round', { ...answer, minWithdrawable: 6_000 }],
])('%s is odd', (_name, value) => {
	expect(read(value)).toEqual({ status: 'odd', reason: expect.stringMatching(/\w+/) });
});

test.each([
	[{ minWithdrawable: undefined }, /minWithdrawable is missing/],
	[{ minWithdrawable: '1000' }, /minWithdrawable is odd: "1000"/],
	[{ maxWithdrawable: 1.5 }, /maxWithdrawable is odd: 1\.5/],
	[{ maxWithdrawable: 0 }, /maxWithdrawable is odd: 0/],
	[{ minWithdrawable: 6_000 }, /minWithdrawable \(6000\) is above its maxWithdrawable \(5000\)/],
])('of the limits the odd one is named: %j', (change, words) => {
	expect(read({ ...answer, ...change })).toEqual({
		status: 'odd',
		reason: expect.stringMatching(words),
	});
});

test.each(INSIDE)('a callback to %s is odd, unless the link is inside too', (host) => {
	const inside = { ...answer, callback: `https://${host}/` };
	expect(read(inside).status).toBe('odd');
	expect(read(inside, true).status).toBe('offer');
});

test('a link inside may lead inside', () => {
	const callback = 'http://127.0.0.1:4402/cb';
	expect(read({ ...answer, callback }, true).status).toBe('offer');
});

test('a refusal is told in the words of the service, on one line', () => {
	const refusal = { status: 'ERROR', reason: 'Too\n late' };
	expect(read(refusal)).toEqual({ status: 'refused', reason: 'Too late' });
	const body = Buffer.from(JSON.stringify(refusal));
	expect(readCallbackAnswer(body)).toEqual({ status: 'refused', reason: 'Too late' });
});

test.each([
	['{"status":"OK"}', 'ok'],
	['{"status":"ok"}', 'ok'],
	['{}', 'odd'],
	['', 'odd'],
	['{"status":true}', 'odd'],
	['{"status":"LATER"}', 'odd'],
	['OK', 'odd'],
])('the callback says %s: %s', (text, status) => {
	expect(readCallbackAnswer(Buffer.from(text))).toEqual({ status });
});

test.each([
	[{ tag: 'payRequest' }, 'its link is none for withdrawals'],
	[{ callback: '/cb' }, 'it names no address to withdraw from'],
	[{ k1: '' }, 'it names no withdrawal'],
	[{ minWithdrawable: undefined }, 'its minWithdrawable is missing'],
	[{ maxWithdrawable: 'x'.repeat(50) }, `its maxWithdrawable is odd: "${'x'.repeat(39)}`],
	[{ maxWithdrawable: 0 }, 'its maxWithdrawable is odd: 0'],
])('what is odd about %j is told', (change, reason) => {
	expect(read({ ...answer, ...change })).toEqual({ status: 'odd', reason });
});

test.each([
	[{ minWithdrawable: 0 }, 0n, 5_000n],
	[{ minWithdrawable: 5_000 }, 5_000n, 5_000n],
	[{ k1: 'a'.repeat(1_000) }, 1_000n, 5_000n],
	[{ maxWithdrawable: 2 ** 53 - 1 }, 1_000n, 9_007_199_254_740_991n],
])('an offer at its limits is one: %j', (change, minMsat, maxMsat) => {
	expect(read({ ...answer, ...change })).toMatchObject({
		status: 'offer',
		offer: { minMsat, maxMsat },
	});
});

test.each([
	[{ status: 'ERROR', reason: 'x' }, 'x'],
	[{ status: 'error', reason: ' x ' }, 'x'],
	[{ status: 'ERROR', reason: ' \t\u0000 ' }, 'no reason given'],
	[{ status: 'ERROR', reason: 5 }, 'no reason given'],
	[{ status: 'ERROR' }, 'no reason given'],
	[{ status: 'ERROR', reason: 'a\u0007\u0007b' }, 'a b'],
	[{ status: 'ERROR', reason: 'y'.repeat(201) }, 'y'.repeat(200)],
])('the refusal %j is told as one line of 200 characters at most', (body, reason) => {
	expect(readCallbackAnswer(Buffer.from(JSON.stringify(body)))).toEqual({
		status: 'refused',
		reason,
	});
	expect(read({ ...answer, ...body })).toEqual({ status: 'refused', reason });
});
