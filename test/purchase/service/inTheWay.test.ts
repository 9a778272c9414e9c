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
