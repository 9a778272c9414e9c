import fc from 'fast-check';
import { parseChallenge } from '../../nodes/Sats4Ai/l402/challenge';
import { anyText } from '../anyText';
import { randomRuns } from '../depth';

const token = fc.stringMatching(/^[A-Za-z0-9+/_-]{1,60}={0,2}(,[A-Za-z0-9_-]{1,9})?$/);
const invoice = fc.stringMatching(/^ln(bc|tb)[0-9]{1,5}[munp]1[a-z0-9]{0,60}$/);
const space = fc.constantFrom('', ' ', '\t', '  ');
const gap = fc.constantFrom(' ', '\t', '  ');
/** What may stand between two list elements. */
const comma = fc.constantFrom(',', ', ', ' ,', ' , , ', ',\t');
const anyCase = (text: string) =>
	fc
		.array(fc.boolean(), { minLength: text.length, maxLength: text.length })
		.map((upper) =>
			[...text].map((c, i) => (upper[i] ? c.toUpperCase() : c.toLowerCase())).join(''),
		);

/** Writes a value in one of the ways that are read back as it is. */
function written(value: string): fc.Arbitrary<string> {
	const doubleQuoted = `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
	const escaped = `"${[...value].map((c) => `\\${c}`).join('')}"`;
	const isPlain = /^[^\s,"'\\]+$/.test(value);
	const isSingle = /^[^'\\]+$/.test(value);
	return fc.constantFrom(
		doubleQuoted,
		escaped,
		...(isPlain ? [value] : []),
		...(isSingle ? [`'${value}'`] : []),
	);
}

function parameter(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> {
	return fc
		.tuple(anyCase(name), space, space, value.chain(written))
		.map(([key, before, after, text]) => `${key}${before}=${after}${text}`);
}

/** Text that looks like an offer, to be hidden in quotes. */
const bait = fc.constantFrom(
	'L402 token="evil", invoice="lnbcevil"',
	'", L402 token=evil, invoice=lnbcevil',
	String.raw`\", LSAT macaroon=evil, invoice=lnbcevil, x="`,
	"it's",
	', ,',
	'plain',
);
const decoyName = fc.constantFrom(
	'realm',
	'id',
	'token',
	'macaroon',
	'invoice',
	'version',
	'request',
);
const decoyScheme = fc.constantFrom(
	'Bearer',
	'Payment',
	'Basic',
	'L402x',
	'xLSAT',
	'L40',
	'Digest',
);
const decoyParameter = decoyName.chain((name) =>
	parameter(name, fc.oneof(bait, fc.constant('evil'), fc.constant('lnbcevil'))),
);
const separated = (parts: fc.Arbitrary<string[]>) =>
	fc
		.tuple(parts, fc.infiniteStream(comma))
		.map(([all, commas]) => all.reduce((text, part) => text + commas.next().value + part));
const decoy = fc.oneof(
	decoyScheme,
	fc
		.tuple(decoyScheme, gap, separated(fc.array(decoyParameter, { minLength: 1, maxLength: 4 })))
		.map((parts) => parts.join('')),
	fc
		.tuple(decoyScheme, gap, fc.stringMatching(/^[A-Za-z0-9+/_.~-]{1,40}={0,2}$/))
		.map((parts) => parts.join('')),
);
/** Offers that are none. */
const halfOffer = fc
	.oneof(
		fc.tuple(fc.constantFrom('L402 ', 'LSAT '), parameter('token', token)),
		fc.tuple(fc.constantFrom('L402 ', 'LSAT '), parameter('invoice', invoice)),
		fc.tuple(fc.constantFrom('L402 ', 'LSAT '), fc.constant('token="e:v", invoice="lnbcevil"')),
	)
	.map((parts) => parts.join(''));

function offer(scheme: string): fc.Arbitrary<{ text: string; token: string; invoice: string }> {
	const other = fc
		.constantFrom('version', 'realm', 'expires', 'x')
		.chain((name) => parameter(name, fc.oneof(bait, fc.constant('0'))));
	return fc
		.tuple(token, invoice, fc.constantFrom('token', 'macaroon'))
		.chain(([t, i, tokenName]) => {
			const needed = [
				parameter(tokenName, fc.constant(t)),
				parameter(
					'invoice',
					fc.tuple(fc.constantFrom('', 'lightning:', 'LIGHTNING:')).map(([p]) => p + i),
				),
			] as const;
			const all = fc
				.tuple(fc.tuple(...needed), fc.array(other, { maxLength: 3 }))
				.chain(([must, may]) => {
					const parts = [...must, ...may];
					return fc.shuffledSubarray(parts, { minLength: parts.length });
				});
			return fc
				.tuple(anyCase(scheme), gap, separated(all))
				.map(([name, space_, parts]) => ({ text: name + space_ + parts, token: t, invoice: i }));
		});
}

const noise = fc.array(fc.oneof(decoy, halfOffer), { maxLength: 4 });

test('an offer is found among any decoys, in one value and in lines', () => {
	fc.assert(
		fc.property(
			noise,
			fc.array(offer('LSAT'), { maxLength: 2 }),
			offer('L402'),
			noise,
			fc.infiniteStream(comma),
			(before, olderOffers, good, after, commas) => {
				const lines = [...before, ...olderOffers.map(({ text }) => text), good.text, ...after];
				const joined = lines.reduce((text, line) => text + commas.next().value + line);
				const challenge = { scheme: 'L402', token: good.token, invoice: good.invoice };
				for (const header of [lines, lines.join(', '), joined]) {
					expect(parseChallenge(header)).toEqual({ status: 'offer', challenge });
				}
			},
		),
		{ numRuns: randomRuns(2_000) },
	);
});

test('an LSAT offer is found where no L402 offer is whole', () => {
	fc.assert(
		fc.property(noise, offer('LSAT'), noise, (before, good, after) => {
			expect(parseChallenge([...before, good.text, ...after])).toEqual({
				status: 'offer',
				challenge: { scheme: 'LSAT', token: good.token, invoice: good.invoice },
			});
		}),
		{ numRuns: randomRuns(1_000) },
	);
});

test('decoys alone are never an offer', () => {
	fc.assert(
		fc.property(noise, (lines) => {
			expect(parseChallenge(lines).status).not.toBe('offer');
		}),
		{ numRuns: randomRuns(1_000) },
	);
});

const shred = fc.constantFrom(
	...['L402', 'LSAT', 'token', 'macaroon', 'invoice', 'T', 'lnbc1', '=', ',', ' ', '\t', '"', "'"],
	...['\\', '==', 'Bearer', '\r\n', '\0', '\u212a', '\ud800', ':', '/'],
);

test('no text makes it throw, and a token never holds more than base64 and commas', () => {
	const text = fc.oneof(
		anyText,
		fc.array(shred, { maxLength: 40 }).map((parts) => parts.join('')),
	);
	fc.assert(
		fc.property(fc.oneof(text, fc.array(text, { maxLength: 5 })), (header) => {
			const outcome = parseChallenge(header);
			if (outcome.status !== 'offer') return;
			expect(outcome.challenge.token).toMatch(/^[A-Za-z0-9+/_=,-]+$/);
			expect(outcome.challenge.invoice).not.toBe('');
		}),
		{ numRuns: randomRuns(5_000) },
	);
});

describe('reading time is linear in the length', () => {
	const LENGTH = 16_000;
	const hostile: Readonly<Record<string, string>> = {
		spaces: ' ',
		commas: ',',
		'equals signs': '=',
		'double quotes': '"',
		'single quotes': "'",
		backslashes: '\\',
		'open double quotes': 'a="\\',
		'open single quotes': "a='",
		'open single quotes between commas': "a='b,",
		'escaped single quotes': "a=\\'b='\\",
		'words and spaces': 'a ',
		'words and many spaces': `a${' '.repeat(100)}`,
		'schemes and token68': 'A b==,',
		parameters: 'a=b,',
		'empty parameters': 'a= ,',
		'spaced out parameters': 'a   =   b   ,   ',
		'almost an offer': 'L402 token="T", ',
		'a single word': 'a',
	};

	test.each(Object.entries(hostile))('%s', (_, unit) => {
		const looks = [unit, `L402 ${unit}`, `L402 token=${unit}`, `L402 token='${unit}`].map((start) =>
			looksAt(start + unit.repeat(LENGTH / unit.length)),
		);
		expect(Math.max(...looks)).toBeLessThan(8 * LENGTH);
	});

	/** How often the reader looks at a character: its only way to is `charCodeAt`. */
	function looksAt(header: string): number {
		const spy = jest.spyOn(String.prototype, 'charCodeAt');
		try {
			parseChallenge(header);
			return spy.mock.calls.length;
		} finally {
			spy.mockRestore();
		}
	}
});
