import type { HttpAnswer, HttpOutcome } from '../../../nodes/Sats4Ai/l402/http';
import {
	serviceWords,
	spoken,
	spokenOf,
	suggestionIn,
	tooLarge,
} from '../../../nodes/Sats4Ai/purchase/service/serviceWords';
import {
	ownWords,
	wordsBehind,
	wordsIn,
} from '../../../nodes/Sats4Ai/purchase/service/answerWords';
import type { Order } from '../../../nodes/Sats4Ai/purchase/service/order';

function answer(body: unknown, status = 500, headers: Record<string, string> = {}): HttpAnswer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { kind: 'answer', status, headers, body: Buffer.from(text) };
}
const lost: HttpOutcome = { kind: 'lost', reason: 'timeout' };

describe('the message', () => {
	it.each([
		[{ error: 'a', message: 'b' }, 'a'],
		[{ error: { message: 'inner' }, message: 'b' }, 'inner'],
		[{ error: { code: 5 }, message: 'b', detail: 'c' }, 'b'],
		[{ detail: 'c', reason: 'd' }, 'c'],
		[{ reason: 'd' }, 'd'],
		[{ errors: [{ message: 'm' }, 'other'] }, 'm'],
		[{ errors: [{ msg: 'n' }] }, 'n'],
		[{ errors: ['', ' ', 'third', 'fourth'] }, 'third'],
		[{ errors: ['', '', '', 'fourth'] }, null],
		[{ errors: { message: 'm' } }, null],
		[{ detail: [{ loc: ['body'], msg: 'field required' }] }, 'field required'],
		[{ error: '  ', message: 'b' }, 'b'],
		[{ body: { error: 'wrapped' } }, 'wrapped'],
		[{ body: { error: 'wrapped' }, error: 'outer' }, 'outer'],
		[{ body: { error: 'wrapped' }, refund: {} }, null],
		[{ body: 'text' }, null],
		[{}, null],
		['[1]', null],
		['{"broken', null],
		[' <html>', null],
		[' plain words ', 'plain words'],
		['"quoted"', '"quoted"'],
		['say <b>', 'say <b>'],
		['', null],
		[{ error: 'two\n\n\tlines\u0007' }, 'two lines'],
		[{ error: 'x'.repeat(501) }, 'x'.repeat(500)],
	])('in %j is %j', (body, message) => {
		expect(serviceWords(answer(body)).message).toBe(message);
	});

	it('is not looked for beyond a megabyte', () => {
		expect(serviceWords(answer(`{"error":"a"}${' '.repeat(1_048_563)}`)).message).toBe('a');
		expect(serviceWords(answer(`${' '.repeat(1_048_564)}{"error":"a"}`)).message).toBeNull();
	});

	it('of no answer is why there is none', () => {
		expect(serviceWords(lost)).toEqual({
			statusCode: null,
			errorCode: null,
			message: 'timeout',
			refund: null,
		});
	});
});

describe('the code', () => {
	it.each([
		[{ error_code: 'A', error: { code: 'B' } }, 'A'],
		[{ error: { code: 'B' } }, 'B'],
		[{ error: { code: 5 } }, 'C'],
		[{}, 'C'],
		['words', 'C'],
	])('in %j is %s', (body, code) => {
		const words = serviceWords(answer(body, 418, { 'x-error-code': 'C' }));
		expect(words).toMatchObject({ statusCode: 418, errorCode: code });
	});

	it('may be missing', () => {
		expect(serviceWords(answer({})).errorCode).toBeNull();
	});
});

describe('the refund', () => {
	const fields = { charge_id: 'a', refund_amount: 5, lnurl_withdraw: 'LNURL1', status: 'pending' };
	it.each([
		[{ refund: fields }, fields],
		[{ error: { refund: fields } }, fields],
		[{ refund: { ...fields, more: { deep: 1 } } }, fields],
		[{ refund: { status: true, refund_amount: null, charge_id: {} } }, { status: true }],
		[{ refund: [] }, {}],
		[{ refund: 7 }, {}],
		[{ refund: 'LNURL1' }, 'LNURL1'],
		[{ refund: 'x'.repeat(1_501) }, 'x'.repeat(1_500)],
		[{ refund: { status: 'x'.repeat(1_501) } }, { status: 'x'.repeat(1_500) }],
		[{ refund: null }, null],
		[{}, null],
		[{ body: { refund: fields } }, fields],
		['words', null],
	])('in %j', (body, refund) => {
		expect(serviceWords(answer(body)).refund).toEqual(refund);
	});
});

test.each([
	[503, 'UPSTREAM', 'try again', '503 UPSTREAM: try again'],
	[503, null, 'try again', '503: try again'],
	[null, null, 'try again', 'try again'],
	[503, 'UPSTREAM', null, '503 UPSTREAM'],
	[503, null, '', '503'],
	[null, null, null, ''],
])('status %s, code %s and message %j are spoken', (statusCode, errorCode, message, text) => {
	expect(spoken({ statusCode, errorCode, message, refund: null })).toBe(text);
});

test.each([
	[answer({ error: 'no' }, 400), '400: no'],
	[
		answer('<html><title>Busy</title>', 503),
		'503; a page of a proxy, not an answer of the service ("Busy")',
	],
	[lost, 'timeout'],
])('what came is spoken with what stands in the way', (outcome, text) => {
	expect(spokenOf(outcome)).toBe(text);
});

test.each([
	[answer({ suggestion: 'wait' }), 'wait'],
	[answer({ body: { suggestion: 'wait' } }), 'wait'],
	[answer({ suggestion: 5 }), null],
	[answer('wait'), null],
	[lost, null],
])('what to do is in the words of the service', (outcome, text) => {
	expect(suggestionIn(outcome)).toBe(text);
});

test.each([
	[
		2_340_000,
		{ error: 'limit is 2 MB' },
		'The picture is too large for the service: 2.3 MB were sent (limit is 2 MB)',
	],
	[2_350_000, {}, 'The picture is too large for the service: 2.4 MB were sent'],
	[10, {}, 'The picture is too large for the service: 0.1 MB were sent'],
])('a body of %d bytes that is too large', (length, body, text) => {
	const order = { body: Buffer.alloc(length) } as Order;
	expect(tooLarge(answer(body, 413), order)).toBe(text);
	expect(tooLarge(answer(body, 400), order)).toBeNull();
	expect(tooLarge(lost, order)).toBeNull();
});

describe('words in place of a picture', () => {
	it.each([
		[{ error: 'busy' }, 'busy'],
		['  {"error":"busy"}', 'busy'],
		['please come back later', 'please come back later'],
		['  two words\n', 'two words'],
	])('%j', (body, message) => {
		expect(wordsIn(answer(body, 200))).toMatchObject({ statusCode: 200, message });
	});

	it.each([
		'{}',
		'[{"error":"busy"}]',
		'"in quotes"',
		'<p>a page</p>',
		'oneword',
		'',
		`a ${'b'.repeat(61)}`,
		`a ${'b '.repeat(250)}`,
		'some words \u0000 and then some more of them',
		`${' '.repeat(64)}{"error":"busy"}`,
	])('none are in %j', (body) => {
		expect(wordsIn(answer(body, 200))).toBeNull();
	});

	it('may be a code or a refund alone, and as long as a sentence', () => {
		expect(wordsIn(answer({ error_code: 'X' }, 200))).toMatchObject({ errorCode: 'X' });
		expect(wordsIn(answer({ refund: 'LNURL1' }, 200))).toMatchObject({ refund: 'LNURL1' });
		expect(wordsIn(answer(`a ${'b'.repeat(60)}`, 200))).not.toBeNull();
		expect(wordsIn(answer(`${'ab '.repeat(166)}ab`, 200))).not.toBeNull();
	});
});

test('what another host says behind a link is not passed on', () => {
	const outcome = answer({ error: 'inner secret', error_code: 'X' }, 404);
	const service = 'https://service.example/api';
	const own = wordsBehind({ outcome, url: 'https://service.example/x' }, service);
	expect(own).toMatchObject({ statusCode: 404, errorCode: 'X', message: 'inner secret' });
	for (const url of ['https://other.example/x', 'http://service.example/x']) {
		expect(wordsBehind({ outcome, url }, service)).toEqual({
			statusCode: 404,
			errorCode: null,
			message: null,
			refund: null,
		});
	}
	expect(wordsBehind({ outcome: lost, url: 'https://other.example/' }, service)).toMatchObject({
		message: 'timeout',
	});
});

test('words of this node are of nobody else', () => {
	expect(ownWords('x')).toEqual({ statusCode: null, errorCode: null, message: 'x', refund: null });
});
