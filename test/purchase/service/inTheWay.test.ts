import type { HttpAnswer } from '../../../nodes/Sats4Ai/l402/http';
import { inTheWay, missingHeader } from '../../../nodes/Sats4Ai/purchase/service/inTheWay';

const answer = (
	status: number,
	body: string,
	headers: Record<string, string> = {},
): HttpAnswer => ({
	kind: 'answer',
	status,
	headers,
	body: Buffer.from(body),
});

test.each([
	[
		'a page of a CDN',
		answer(403, '<html><title>Attention!</title>'),
		/page of a proxy.*"Attention!"/,
	],
	['a web page', answer(200, '<!DOCTYPE html><html></html>'), /^a web page, not an answer/],
	[
		'a redirect, by its host alone',
		answer(301, '', { location: 'https://new.example/x?token=secret' }),
		/^it redirects to https:\/\/new\.example$/,
	],
	['a redirect within', answer(308, '', { location: '/v2' }), /to another path/],
	['a redirect to nowhere', answer(302, ''), /does not say where/],
	['words of the service', answer(400, '{"error":"no"}'), /^$/],
	['nothing', answer(502, ''), /^$/],
])('%s', (_what, came, words) => {
	expect(inTheWay(came)).toMatch(words);
});

test.each([
	['there', { 'www-authenticate': 'L402 token="a", invoice="b"' }, null],
	['gone', {}, 'the header WWW-Authenticate is missing'],
	['empty', { 'www-authenticate': ' ' }, 'the header WWW-Authenticate is missing'],
	[
		'renamed',
		{ 'x-amzn-remapped-www-authenticate': 'L402 token="a", invoice="b"' },
		'the header WWW-Authenticate is missing; there is one named "x-amzn-remapped-www-authenticate" instead',
	],
])('a challenge that is %s', (_what, headers, words) => {
	expect(missingHeader(answer(402, '', headers))).toBe(words);
});

const PROXY = 'a page of a proxy, not an answer of the service';
test.each([
	['<!DOCTYPE html>', PROXY],
	['<html>', PROXY],
	['<HEAD>', PROXY],
	['<body class="x">', PROXY],
	['<title>', PROXY],
	['<center>', PROXY],
	['<h1>', PROXY],
	[' \n<html>', PROXY],
	['<!-- from a cache --> <html>', PROXY],
	[`<!--${'x'.repeat(500)}--><html>`, PROXY],
	[`<!--${'x'.repeat(501)}--><html>`, ''],
	['<!-- a > b --><html>', ''],
	['<htmlx>', ''],
	['<p>', ''],
	['see <html>', ''],
	['<html><title>Busy</title>', `${PROXY} ("Busy")`],
	['<html><title lang="en">\n Very \u0007\t busy </title>', `${PROXY} ("Very busy")`],
	['<html><TITLE> </TITLE>', PROXY],
	['<html><title></title>', PROXY],
	[`<html><title ${'x'.repeat(99)}>Busy`, `${PROXY} ("Busy")`],
	[`<html><title ${'x'.repeat(100)}>Busy`, PROXY],
	[`<html><title>${'x'.repeat(90)}`, `${PROXY} ("${'x'.repeat(60)}")`],
])('what begins with %j is: %s', (body, words) => {
	expect(inTheWay(answer(503, body))).toBe(words);
});

test('a title is looked for in the first two thousand bytes', () => {
	const titled = (before: number) => `<html>${' '.repeat(before)}<title>B`;
	expect(inTheWay(answer(503, titled(2_000 - 6 - 8)))).toBe(`${PROXY} ("B")`);
	expect(inTheWay(answer(503, titled(2_000 - 6 - 7)))).toBe(PROXY);
});

test.each([
	[200, 'a web page'],
	[304, 'a web page'],
	[400, 'a page of a proxy'],
])('a page with status %d is %s', (status, what) => {
	expect(inTheWay(answer(status, '<html>'))).toBe(`${what}, not an answer of the service`);
});

test.each([
	[299, ''],
	[300, 'it redirects to https://new.example'],
	[399, 'it redirects to https://new.example'],
	[400, ''],
	[304, ''],
])('a location with status %d: %s', (status, words) => {
	expect(inTheWay(answer(status, '', { location: 'https://new.example/x?token=secret' }))).toBe(
		words,
	);
});

test.each([
	[302, '', 'it redirects, and does not say where to'],
	[302, '/v2', 'it redirects to another path'],
	[200, '/v2', ''],
])('status %d to "%s"', (status, location, words) => {
	expect(inTheWay(answer(status, '', { location }))).toBe(words);
});

test.each([
	['x-renamed', 'LSAT macaroon="a"', '; there is one named "x-renamed" instead'],
	['x-renamed', '  l402 token="a"', '; there is one named "x-renamed" instead'],
	['x'.repeat(70), 'L402 a', `; there is one named "${'x'.repeat(60)}" instead`],
	['x-other', 'XL402 a', ''],
	['x-other', 'L402', ''],
	['x-other', 'Basic L402 a', ''],
])('a challenge under the name %s: %s', (name, value, where) => {
	expect(missingHeader(answer(402, '', { other: 'x', [name]: value }))).toBe(
		`the header WWW-Authenticate is missing${where}`,
	);
});
