import { readAnswerText } from '../../../nodes/Sats4Ai/wallets/nwc/answerText';

const answer = (fields: object) =>
	readAnswerText(JSON.stringify({ result_type: 'pay_invoice', ...fields }));

test.each([
	[{ code: 'INTERNAL', message: 'x' }, 'INTERNAL', 'x'],
	[{ code: 'internal', message: 'x' }, 'INTERNAL', 'x'],
	[{ message: 'x' }, '', 'x'],
	[{ code: 'QUOTA_EXCEEDED' }, 'QUOTA_EXCEEDED', ''],
	[{ code: 42, message: 'x' }, '42', 'x'],
	[{ reason: 'x' }, '', '{"reason":"x"}'],
	[{ code: 'A', message: { en: 'x' } }, 'A', '{"en":"x"}'],
	['Failed to decrypt request', '', 'Failed to decrypt request'],
	['INSUFFICIENT_BALANCE', 'INSUFFICIENT_BALANCE', ''],
	['RATE_LIMITED: slow down', 'RATE_LIMITED', 'slow down'],
	['Error: x', '', 'Error: x'],
	[['first', 'second'], '', '["first","second"]'],
	[7, '', '7'],
	[true, '', 'true'],
])('the error %j', (error, code, message) => {
	expect(answer({ error })).toEqual({ kind: 'error', code, message, result: {} });
	expect(answer({ error, result: { preimage: 'p' } })).toMatchObject({
		kind: 'error',
		result: { preimage: 'p' },
	});
});

test.each([null, undefined, false, 0, '', ' ', [], {}])('%j is no error', (error) => {
	const result = { preimage: 'p' };
	expect(answer({ error, result })).toEqual({ kind: 'result', result });
	expect(answer({ error })).toEqual({ kind: 'result', result: {} });
});

test.each([null, 7, 'text', ['preimage']])('the result %j holds nothing', (result) => {
	expect(answer({ result })).toEqual({ kind: 'result', result: {} });
});

test.each(['', 'It works!', '7', 'null', '[]', '"text"'])('%j is no answer', (text) => {
	expect(readAnswerText(text)).toBeNull();
});

test('an error of any length is cut', () => {
	const long = answer({ error: { why: 'x'.repeat(100_000) } });
	expect(JSON.stringify(long).length).toBeLessThan(400);
});
