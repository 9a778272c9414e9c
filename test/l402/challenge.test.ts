import {
	formatCredential,
	isToken,
	parseChallenge,
	type ChallengeOutcome,
} from '../../nodes/Sats4Ai/l402/challenge';
import vectors from '../vectors/challenges.json';

/** The pair that was chosen, or "reject": what the vectors ask for. */
function verdict(outcome: ChallengeOutcome) {
	if (outcome.status !== 'offer') return 'reject';
	const { token, invoice } = outcome.challenge;
	return { token, invoice };
}

const chosen = (header: string | readonly string[]) => verdict(parseChallenge(header));
const offer = (token: string, invoice = 'lnbc1') => ({ token, invoice });

describe('vectors', () => {
	test('are all there', () => {
		expect(vectors).toHaveLength(33);
	});

	test.each(vectors)('$name', ({ header, expect: expected }) => {
		const lines = typeof header === 'string' ? [header] : header;
		expect(chosen(header)).toEqual(expected);
		expect(chosen(lines)).toEqual(expected);
		expect(chosen(lines.join(', '))).toEqual(expected);
		expect(chosen(lines.join(','))).toEqual(expected);
	});
});

describe('forms that are read', () => {
	test.each([
		['a tab after the scheme', 'L402\ttoken="T",\tinvoice="lnbc1"'],
		['much white space', '  L402   token \t= \t"T" \t,\t invoice= "lnbc1"  '],
		['empty list elements everywhere', ', ,,L402 , ,token="T",,, invoice="lnbc1",,'],
		[
			'single quotes around what double quotes would hide',
			`L402 realm='L402 token="X"', token='T', invoice='lnbc1'`,
		],
		['a single quote in a plain value', `L402 realm=it's, token=T, invoice=lnbc1`],
		['a plain value that begins with a single quote', `Foo a='b, L402 token=T, invoice=lnbc1`],
		['an escaped quote', String.raw`L402 realm="\"", token="T", invoice="lnbc1"`],
		['an escaped character', String.raw`L402 token="\T", invoice="ln\bc1"`],
		['spaces for all commas', 'L402 version="0" token="T" invoice="lnbc1"'],
		['a space for the comma between challenges', 'Bearer realm="x" L402 token="T" invoice="lnbc1"'],
		['a space for the comma after a scheme alone', 'Negotiate L402 token="T", invoice="lnbc1"'],
		['a stray = in a neighbor', 'Foo a=b =, L402 token="T", invoice="lnbc1"'],
		['a scheme without anything before', 'Negotiate, L402 token="T", invoice="lnbc1"'],
		[
			'a comma after the scheme, and another scheme before',
			'Negotiate, L402, token="T", invoice="lnbc1"',
		],
		['a token68 before', 'Negotiate YWJj, L402 token="T", invoice="lnbc1"'],
		['a padded token68 before', 'Negotiate a+/bc==, L402 token="T", invoice="lnbc1"'],
		['a token68 behind', 'L402 token="T", invoice="lnbc1", Negotiate a+/bc='],
		['an empty parameter before', 'Digest realm=, L402 token=T, invoice=lnbc1'],
		['unknown parameters', 'L402 realm="r", token="T", x-y_z="1", invoice="lnbc1", expires=1'],
		['an unknown parameter with an odd name', 'L402 token="T", a/b:c="1", invoice="lnbc1"'],
		['only macaroon', 'L402 macaroon="T", invoice="lnbc1"'],
		['token after macaroon', 'L402 macaroon="M", invoice="lnbc1", token="T"'],
		['an empty token counts as none', 'L402 token="", macaroon="T", invoice="lnbc1"'],
		['a token of nothing counts as none', 'L402 token=, macaroon=T, invoice=lnbc1'],
		['the first that is not empty counts', 'L402 token="", token="T", token="U", invoice="lnbc1"'],
		['a URI prefix', 'L402 token="T", invoice="lightning:lnbc1"'],
		['a URI prefix in any case, unquoted', 'L402 token=T, invoice=LightNing:lnbc1'],
		['an unterminated quote behind a whole offer', 'L402 token="T", invoice="lnbc1", Foo x="'],
		['garbage in a neighbor', 'Foo x="a"b"c", L402 token="T", invoice="lnbc1"'],
	])('%s', (_, header) => {
		expect(chosen(header)).toEqual(offer('T'));
	});

	test('several tokens stay one value', () => {
		expect(chosen('L402 token="AA==,BB-_", invoice="lnbc1"')).toEqual(offer('AA==,BB-_'));
	});

	test('the invoice keeps its case', () => {
		expect(chosen('L402 token="T", invoice="LIGHTNING:LNBC1"')).toEqual(offer('T', 'LNBC1'));
	});

	test('the invoice loses its prefix alone', () => {
		const inside = 'lnbc1lightning:';
		expect(chosen(`L402 token="T", invoice="${inside}"`)).toEqual(offer('T', inside));
	});

	test('a name may be that of a property of every object', () => {
		expect(chosen('L402 __proto__="x", constructor="y", token="T", invoice="lnbc1"')).toEqual(
			offer('T'),
		);
	});
});

describe('which offer', () => {
	const l402 = (token: string) => `L402 token="${token}", invoice="lnbc${token}"`;
	const lsat = (token: string) => `LSAT macaroon="${token}", invoice="lnbc${token}"`;

	test.each([
		['L402 before LSAT over all lines', [lsat('A'), 'Basic realm="x"', l402('B'), l402('C')], 'B'],
		['the first of several', [l402('A'), l402('B')], 'A'],
		['LSAT if no L402 is complete', ['L402 token="X"', lsat('A'), 'L402 invoice="lnbcX"'], 'A'],
		['passing over a token that is not base64', ['L402 token="X Y", invoice="x"', l402('A')], 'A'],
		['passing over an empty invoice', ['L402 token="X", invoice=""', l402('A')], 'A'],
		[
			'passing over a URI without invoice',
			['L402 token="X", invoice="lightning:"', l402('A')],
			'A',
		],
		['passing over a garbled one', ['L402 token="X"y, invoice="x"', l402('A')], 'A'],
		[
			'never of a scheme that only begins alike',
			[`X${l402('X')}`, `L402x token="X", invoice="x"`, l402('A')],
			'A',
		],
	])('%s', (_, lines, token) => {
		expect(chosen(lines)).toEqual(offer(token, `lnbc${token}`));
		expect(chosen(lines.join(','))).toEqual(offer(token, `lnbc${token}`));
	});

	test('tells under which name it came', () => {
		const schemes = [l402('A'), lsat('A'), l402('A').toLowerCase(), 'lSaT token=A, invoice=x'].map(
			(header) => {
				const outcome = parseChallenge(header);
				return outcome.status === 'offer' ? outcome.challenge.scheme : outcome.status;
			},
		);
		expect(schemes).toEqual(['L402', 'LSAT', 'L402', 'LSAT']);
	});

	test.each([
		['two halves of L402', 'L402 token="A", L402 invoice="lnbcA"'],
		['half L402, half LSAT', 'L402 token="A", LSAT invoice="lnbcA"'],
		['half L402, half of another scheme', 'L402 token="A", Payment invoice="lnbcA"'],
		['half of another scheme before', 'Bearer token="A", L402 invoice="lnbcA"'],
		['without commas', 'LSAT macaroon="A" L402 invoice="lnbcA"'],
		['a bare word between', 'L402 token="A" or invoice="lnbcA"'],
	])('is never put together of parts: %s', (_, header) => {
		expect(parseChallenge(header).status).toBe('invalid');
	});

	test('is never put together of two whole ones either', () => {
		expect(chosen('LSAT macaroon="A" invoice="lnbcA" L402 token="B" invoice="lnbcB"')).toEqual(
			offer('B', 'lnbcB'),
		);
	});
});

describe('what is no offer', () => {
	test.each([
		['Payment id="x", method="lightning", request="eyJ9"', ['Payment']],
		['Bearer realm="a", Basic realm="b", bearer realm="c"', ['Bearer', 'Basic']],
		['Bearer token="A", invoice="lnbc1"', ['Bearer']],
		['Negotiate', ['Negotiate']],
		['Negotiate, NTLM', ['Negotiate', 'NTLM']],
		['Bearer realm="a" NTLM', ['Bearer', 'NTLM']],
		['Negotiate YWJj==', ['Negotiate']],
		['Negotiate YWJj', ['Negotiate']],
		['XLSAT token="A", invoice="lnbc1"', ['XLSAT']],
		['LSATx token="A", invoice="lnbc1"', ['LSATx']],
		['L402x token="A", invoice="lnbc1"', ['L402x']],
		['X-L402 token="A", invoice="lnbc1"', ['X-L402']],
		['Basic realm="L402 token=A, invoice=b"', ['Basic']],
	])('unsupported: %s', (header, schemes) => {
		expect(parseChallenge(header)).toEqual({ status: 'unsupported', schemes });
	});

	test.each([
		['', 'it holds no challenge'],
		[' , ,\t, ', 'it holds no challenge'],
		['token="A", invoice="lnbc1"', 'it holds no challenge'],
		['"L402 token=A, invoice=b"', 'it holds no challenge'],
		['=', 'it holds no challenge'],
		['L402', 'its L402 challenge has no token'],
		['LSAT', 'its LSAT challenge has no token'],
		['L402 invoice="lnbc1"', 'its L402 challenge has no token'],
		['L402 token="", macaroon="", invoice="lnbc1"', 'its L402 challenge has no token'],
		['L402 token="A"', 'its L402 challenge has no invoice'],
		['L402 token="A", invoice="lightning:"', 'its L402 challenge has no invoice'],
		['L402 token="A:B", invoice="lnbc1"', 'the token in its L402 challenge is not base64'],
		['L402 token="A\r\nX: y", invoice="lnbc1"', 'the token in its L402 challenge is not base64'],
		[
			'L402 token="A B", macaroon="M", invoice="lnbc1"',
			'the token in its L402 challenge is not base64',
		],
		['L402 token="=,=", invoice="lnbc1"', 'the token in its L402 challenge is not base64'],
		['L402 token="A\u0130", invoice="lnbc1"', 'the token in its L402 challenge is not base64'],
		['L402 token="A", invoice="lnbc1', 'its L402 challenge is garbled'],
		['L402 token="A"B, invoice="lnbc1"', 'its L402 challenge is garbled'],
		['L402 token=A"B", invoice="lnbc1"', 'its L402 challenge is garbled'],
		['L402 token= invoice="lnbc1", macaroon="A"', 'its L402 challenge is garbled'],
		['L402 YWJj, token="A", invoice="lnbc1"', 'its L402 challenge is garbled'],
		['L402 = token="A", invoice="lnbc1"', 'it holds no challenge'],
		['L402 realm="r" =, token="A", invoice="lnbc1"', 'its L402 challenge is garbled'],
		['Bearer realm="x', 'it is garbled'],
		['Negotiate, Bearer realm="x', 'it is garbled'],
		['Bearer L402, token="A", invoice="lnbc1"', 'it is garbled'],
		['Be(rer realm="x"', 'it is garbled'],
		['\u2028L402 token="A", invoice="lnbc1"', 'it is garbled'],
		['L\u017fAT token="A", invoice="lnbc1"', 'it is garbled'],
		['L402\n token="A", invoice="lnbc1"', 'it is garbled'],
	])('invalid: %j', (header, reason) => {
		expect(parseChallenge(header)).toEqual({ status: 'invalid', reason });
	});

	test('a name that only lower-casing makes ASCII is not that name', () => {
		expect(parseChallenge('L402 to\u212aen="A", invoice="lnbc1"').status).toBe('invalid');
	});

	test('no lines at all', () => {
		expect(parseChallenge([])).toEqual({ status: 'invalid', reason: 'it holds no challenge' });
	});

	test('more than 16384 characters, in one line or in many', () => {
		const good = 'L402 token="A", invoice="lnbc1"';
		const padded = (length: number) => good + ' '.repeat(length - good.length);
		expect(chosen(padded(16_384))).toEqual(offer('A'));
		expect(parseChallenge(padded(16_385))).toEqual({
			status: 'invalid',
			reason: 'it is longer than 16384 characters',
		});
		expect(parseChallenge([padded(8_192), padded(8_191)]).status).toBe('invalid');
		expect(parseChallenge([padded(8_192), padded(8_190)]).status).toBe('offer');
	});
});

describe('the credential', () => {
	const preimage = 'AB'.repeat(32);

	test.each(['L402', 'LSAT'] as const)('goes out under %s, token as it was', (scheme) => {
		expect(formatCredential({ scheme, token: 'AA-_==,B+/' }, preimage)).toBe(
			`${scheme} AA-_==,B+/:${'ab'.repeat(32)}`,
		);
	});

	test('passes the expression of a server that compares to the letter', () => {
		const credential = formatCredential({ scheme: 'L402', token: 'AgEEbHNhdA==' }, preimage);
		expect(/^(LSAT|L402) (.*?):([a-f0-9]{64})$/.exec(credential)?.slice(1)).toEqual([
			'L402',
			'AgEEbHNhdA==',
			'ab'.repeat(32),
		]);
	});

	test.each(['', 'ab', `${'ab'.repeat(32)}\r\nX: y`, ` ${'ab'.repeat(32)}`, 'zz'.repeat(32)])(
		'is not made of a preimage that is none: %j',
		(wrong) => {
			expect(() => formatCredential({ scheme: 'L402', token: 'A' }, wrong)).toThrow(
				'The preimage is not 64 hex digits',
			);
		},
	);

	test.each(['', ' ', 'A:B', 'A\r\nX: y', 'A B', 'ü', ','])(
		'is not made of a token that is none: %j',
		(wrong) => {
			expect(isToken(wrong)).toBe(false);
			expect(() => formatCredential({ scheme: 'L402', token: wrong }, preimage)).toThrow(
				'The token is not base64',
			);
		},
	);

	test.each([5, null, undefined, ['AA']])('has no token that is no text: %p', (wrong) => {
		expect(isToken(wrong)).toBe(false);
	});
});
