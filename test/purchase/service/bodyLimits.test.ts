import {
	asNumber,
	checkBody,
	type Limit,
} from '../../../nodes/Sats4Ai/purchase/service/bodyLimits';

const text: Limit = { key: 'input.prompt', label: 'Prompt', kind: 'text', hint: 'Say something.' };
const number: Limit = { key: 'n', label: 'Count', kind: 'number', min: 1, max: 10 };
const size: Limit = { ...number, key: 'size', label: 'Size', multipleOf: 4 };
const oneOf: Limit = { key: 'ratio', label: 'Ratio', kind: 'oneOf', values: ['1:1', 2] };
const flag: Limit = { key: 'flag', label: 'Flag', kind: 'boolean' };
const model: Limit = { key: 'model', label: 'Model', kind: 'id' };

const check = (limit: Limit, value: unknown) => {
	const body = limit === text ? { input: { prompt: value } } : { [limit.key]: value };
	return checkBody(body, [limit]);
};

test.each([
	[text, 'a boat', { input: { prompt: 'a boat' } }],
	[text, 1984, { input: { prompt: '1984' } }],
	[number, 1, { n: 1 }],
	[number, '10', { n: 10 }],
	[number, 2.5, { n: 2.5 }],
	[size, 5, { size: 4 }],
	[size, 6, { size: 8 }],
	[size, 8, { size: 8 }],
	[oneOf, '1:1', { ratio: '1:1' }],
	[oneOf, '2', { ratio: 2 }],
	[oneOf, 2, { ratio: 2 }],
	[flag, true, { flag: true }],
	[flag, false, { flag: false }],
	[flag, 'true', { flag: true }],
	[flag, 'false', { flag: false }],
	[model, 7, { model: 7 }],
	[model, 'best', { model: 'best' }],
] as ReadonlyArray<readonly [Limit, unknown, object]>)('%j takes %j', (limit, value, body) => {
	expect(check(limit, value)).toEqual({ status: 'ok', body });
});

const NOTHING = ' Nothing was sent or paid.';
const RANGE = `Give a number from 1 to 10.${NOTHING}`;
test.each([
	[text, '', "'Prompt' is empty", `Say something.${NOTHING}`],
	[text, '  ', "'Prompt' is empty", `Say something.${NOTHING}`],
	[text, undefined, "'Prompt' is empty", `Say something.${NOTHING}`],
	[text, null, "'Prompt' is empty", `Say something.${NOTHING}`],
	[text, true, "'Prompt' is true", `Say something.${NOTHING}`],
	[text, { a: 'x'.repeat(90) }, `'Prompt' is {"a":"${'x'.repeat(54)}`, `Say something.${NOTHING}`],
	[text, Symbol('x'), "'Prompt' is symbol", `Say something.${NOTHING}`],
	[number, 0.9, "'Count' is 0.9", RANGE],
	[number, 10.1, "'Count' is 10.1", RANGE],
	[number, 'many', `'Count' is "many"`, RANGE],
	[number, ' ', `'Count' is " "`, RANGE],
	[number, '', "'Count' is empty", RANGE],
	[number, Infinity, "'Count' is null", RANGE],
	[oneOf, '3', `'Ratio' is "3"`, `Give one of: 1:1, 2.${NOTHING}`],
	[oneOf, undefined, "'Ratio' is empty", `Give one of: 1:1, 2.${NOTHING}`],
	[flag, 'yes', `'Flag' is "yes"`, `Give true or false.${NOTHING}`],
	[flag, 1, "'Flag' is 1", `Give true or false.${NOTHING}`],
	[model, true, "'Model' is true", `Give the number or name of a model.${NOTHING}`],
] as ReadonlyArray<readonly [Limit, unknown, string, string]>)(
	'%j refuses %p',
	(limit, value, message, hint) => {
		expect(check(limit, value)).toEqual({ status: 'invalid', message, hint });
	},
);

test.each([undefined, null, ''])('what is optional may be %j', (value) => {
	expect(check({ ...number, optional: true }, value)).toEqual({ status: 'ok', body: {} });
	expect(check({ ...number, optional: false }, value)).toMatchObject({ status: 'invalid' });
	expect(check({ ...number, optional: true }, 11)).toMatchObject({ status: 'invalid' });
});

test('what has no limit is not sent, and what shares a path stays together', () => {
	const limits: Limit[] = [text, { ...number, key: 'input.n' }, { ...flag, key: 'a.b.c' }];
	const body = { input: { prompt: 'x', n: 3, secret: 1 }, a: { b: { c: true } }, other: 1 };
	expect(checkBody(body, limits)).toEqual({
		status: 'ok',
		body: { input: { prompt: 'x', n: 3 }, a: { b: { c: true } } },
	});
	expect(checkBody({ input: 'text' }, limits)).toMatchObject({ status: 'invalid' });
	expect(checkBody({ input: null }, limits)).toMatchObject({ status: 'invalid' });
});

test.each([
	[5, 5],
	['5', 5],
	[' 5 ', 5],
	['', null],
	[' ', null],
	['x', null],
	[NaN, null],
	[true, null],
	[null, null],
])('the number in %j is %s', (value, expected) => {
	expect(asNumber(value)).toBe(expected);
});
