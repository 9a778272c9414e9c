import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { answerValue } from '../../../nodes/Sats4Ai/purchase/service/answerValue';
import { Pieces } from '../../../nodes/Sats4Ai/purchase/service/picture/pieces';
import {
	findPicture,
	type ResultPicture,
} from '../../../nodes/Sats4Ai/purchase/service/resultPicture';
import { serviceWords } from '../../../nodes/Sats4Ai/purchase/service/serviceWords';
import { takePictures } from '../../../nodes/Sats4Ai/purchase/service/takenPictures';
import { plainPng } from '../../../sandbox/pictures/plainPicture';
import { randomRuns } from '../../depth';

const SERVICE = 'https://service.example';
const LINK = 'https://a.example/p.png';
const BEGINNING_BYTES = 4_096;
/** Pictures that are taken out of a text; their base64 has one, two and no signs of padding. */
const [first, second, third] = [0, 1, 2].map((more) => pictureOf(200_000 + more)) as [
	Buffer,
	Buffer,
	Buffer,
];
const BASE64 = first.toString('base64');
/** Cut off between two groups of four. */
const PART = BASE64.slice(0, -400);
const URI = `data:image/png;base64,${BASE64}`;

function pictureOf(bytes: number): Buffer {
	const signs = Array.from({ length: 64_007 }, (_, at) =>
		String.fromCharCode(1 + ((at * at) % 251)),
	).join('');
	return plainPng(`picture ${bytes}`, signs.repeat(4).slice(0, bytes));
}

/** Pieces that end at these shares of the whole. */
function split(bytes: Buffer, shares: readonly number[]): Buffer[] {
	const ends = shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b);
	const bounds = [0, ...ends, bytes.length];
	return bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
}

function inPieces(bytes: Buffer, shares: readonly number[] = [0.3, 0.6]): ResultPicture {
	const body = bytes.subarray(0, BEGINNING_BYTES);
	return findPicture({ body, pieces: split(bytes, shares) }, SERVICE);
}

/** A result with a digest in place of its bytes, which are compared in no time then. */
function told(found: ResultPicture): unknown {
	if (found.kind !== 'bytes') return found;
	const bytes = found.bytes instanceof Pieces ? found.bytes.subarray(0) : found.bytes;
	return { ...found, bytes: createHash('sha256').update(bytes).digest('hex') };
}

function expectTheSame(text: string, shares?: readonly number[]): void {
	const body = Buffer.from(text);
	expect(told(inPieces(body, shares))).toEqual(told(findPicture({ body }, SERVICE)));
}

function taken(text: string): number {
	return answerValue(new Pieces(split(Buffer.from(text), [0.1, 0.5]))).pictures.size;
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const shares = fc.array(share, { maxLength: 6 });

const base64 = fc
	.tuple(
		fc.constantFrom(first, second, third, first.subarray(0, 199_000), Buffer.alloc(200_000, 'no')),
		fc.constantFrom<BufferEncoding>('base64', 'base64', 'base64url'),
		fc.boolean(),
	)
	.map(([bytes, encoding, isPadded]) => {
		const text = bytes.toString(encoding);
		return isPadded ? text : text.replace(/=+$/, '');
	});
const header = fc.constantFrom(
	...[
		'',
		'',
		'',
		'',
		'',
		'',
		'data:image/png;base64,',
		'data:image/png;base64,',
		'DATA:IMAGE/PNG;BASE64,',
		'base64,',
	],
	...['data:image/png;name=a.png;base64,', 'data:;base64,', 'data:image/png;base64;a=b,', 'data:,'],
	...['data:image%2Fpng;base64,', `data:${'long'.repeat(80)};base64,`, 'x,data:image/png;base64,'],
	...['data:a%3Bbase64%2C;base64,', ' data:image/png;base64,', 'http://a.example/', '"'],
);
const damage = fc.tuple(
	share,
	fc.constantFrom(
		...[
			'\n',
			'\r\n',
			' ',
			'  ',
			'%2B',
			'%',
			'"',
			'\\',
			'\\n',
			'=',
			'==',
			'===',
			'é',
			'{',
			'[',
			',',
		],
		...['\0', '\u00a0', '\ufeff', '&#x2B;', '\\u002b', '\\/', '/', "'", '":"', '","', '-', 'A'],
	),
	fc.nat(2),
);
const pictureText = fc
	.tuple(
		header,
		base64,
		fc.option(damage, { freq: 1 }),
		fc.constantFrom('', '', '', '', '', '', '=', ' ', '\n', '"'),
	)
	.map(([head, text, damaged, end]) => {
		if (damaged === null) return head + text + end;
		const [where, sign, lost] = damaged;
		const at = Math.floor(where * text.length);
		return head + text.slice(0, at) + sign + text.slice(at + lost) + end;
	});
const KEYS = [
	...['image', 'base64Image', 'image_url', 'url', 'data', 'body', 'result', 'images', 'b64'],
	...['status', 'poll_url', 'other'],
];
const shortText = fc.constantFrom(LINK, '/p.png', 'running', 'failed', 'words', '', '{"a":1}', '[');

/** An answer: pictures and other things in lists, in objects, and in texts that are JSON themselves. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthSize: 'small' },
		{ arbitrary: pictureText, weight: 4 },
		{ arbitrary: shortText, weight: 1 },
		{
			arbitrary: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { minKeys: 1, maxKeys: 3 }),
			weight: 5,
		},
		{ arbitrary: fc.array(tie('value'), { minLength: 1, maxLength: 3 }), weight: 1 },
		{ arbitrary: tie('value').map((inner) => JSON.stringify(inner)), weight: 1 },
		{ arbitrary: fc.constantFrom(null, 7, true), weight: 1 },
	),
}));
/** How JSON may be written, and what may become of it on its way. */
const change = fc.constantFrom<(text: string) => string>(
	...Array<(text: string) => string>(15).fill((text) => text),
	(text) => ` \n${text}\r\n `,
	(text) => `\ufeff${text}`,
	(text) => `\u00a0${text}`,
	(text) => `${text}x`,
	(text) => `"${text}`,
	(text) => `${text}"`,
	(text) => text.replaceAll('/', '\\/'),
	(text) => text.replaceAll('+', '\\u002b'),
	(text) => text.replaceAll('"', "'"),
	(text) => text.replaceAll('"', '\\"'),
	(text) => text.replaceAll(':', ' :\n'),
	(text) => `${'['.repeat(3)}${text}${']'.repeat(3)}`,
	(text) => `{"image":${text},"image":"${URI}"}`,
	(text) => `{"data":"${BASE64}","other":${text}}`,
	(text) => `[${'0,'.repeat(10_001)}${text}]`,
	(text) => text.slice(0, text.length >> 1),
	(text) => text.slice(0, -1),
	(text) => text.slice(1),
);
const text = fc
	.tuple(
		fc.oneof(
			value.map((each) => JSON.stringify(each)),
			pictureText,
		),
		change,
	)
	.map(([written, changed]) => changed(written));

describe('an answer in pieces', () => {
	it('holds what the same answer holds as one text, whatever it is and wherever it is cut', () => {
		const property = fc.property(text, shares, (each, ends) => {
			fc.pre(each.length > 0);
			expectTheSame(each, ends);
		});
		fc.assert(property, { numRuns: randomRuns(2_000) });
	});

	it.each([
		['a link beside it', JSON.stringify({ image_url: LINK, base64Image: URI })],
		['two pictures', JSON.stringify({ b64: second.toString('base64'), image: BASE64 })],
		['a part before a whole', JSON.stringify({ images: [URI.slice(0, 250_000), URI] })],
		['a name in the place of another', `{"image":"${URI}","image":"${LINK}"}`],
		['a quotation mark that is escaped', `{"image":"\\"${BASE64}"}`],
		['a picture that is a name', `{"${BASE64}":1,"image":"${second.toString('base64')}"}`],
		['a picture outside of quotation marks', `{"image":"a"${BASE64}"b"}`],
		['JSON in JSON', JSON.stringify({ body: JSON.stringify({ image: URI }) })],
		['an address that goes on with it', JSON.stringify({ url: `http://a.example/"${BASE64}` })],
		['more parts than are read', `[${'0,'.repeat(10_001)}"${URI}",${' '.repeat(800_000)}0]`],
		['a blank before it', JSON.stringify({ b64: ` ${URI}` })],
		['a blank behind it', JSON.stringify({ b64: `${URI} ` })],
		['a blank behind a part of it', JSON.stringify({ b64: `${PART} ` })],
		['an escape in its header', JSON.stringify({ image: `data:a%3Bbase64%2Cb;base64,${PART}` })],
		['a sign of two bytes', JSON.stringify({ image: BASE64.replace(/A/, 'é') })],
		['an odd number of signs', JSON.stringify({ image: `${BASE64.replace(/=/g, '')}AAA` })],
	])('with %s is no exception', (_name, each) => {
		expectTheSame(each);
	});

	it.each([
		[1, 'in JSON', JSON.stringify({ imageUrl: LINK, base64Image: URI })],
		[1, 'without a header', JSON.stringify({ image: BASE64 })],
		[
			1,
			'cut off, and not in the middle of a group',
			JSON.stringify({ image: BASE64.slice(0, -6) }),
		],
		[2, 'two of them, in a list', JSON.stringify([URI, { image: second.toString('base64url') }])],
		[1, 'alone', `${BASE64}\n`],
		[1, 'alone as a data URI', ` ${URI}`],
		[1, 'in JSON with blanks around it', ` ${JSON.stringify({ image: BASE64 })}\n`],
		[1, 'as a JSON string', JSON.stringify(URI)],
		[0, 'with a line break', `${BASE64.slice(0, 76)}\n${BASE64.slice(76)}`],
		[0, 'with an escape', JSON.stringify({ image: BASE64 }).replace('/', '\\/')],
		[0, 'in JSON in JSON', JSON.stringify({ body: JSON.stringify({ image: URI }) })],
		[0, 'without its last quotation mark', `{"image":"${BASE64}`],
		[0, 'of which a sign is lost', JSON.stringify({ image: `${BASE64.slice(0, -5)}==` })],
		[0, 'that is none', JSON.stringify({ image: 'AAAA'.repeat(100_000) })],
	])('gives away %d: %s', (count, _name, each) => {
		expect(taken(each)).toBe(count);
		expectTheSame(each);
	});

	it('makes no text of a large picture', () => {
		const parse = jest.spyOn(JSON, 'parse');
		const found = inPieces(Buffer.from(JSON.stringify({ result: { image: URI } })));
		const lengths = parse.mock.calls.map(([each]) => each.length);
		parse.mockRestore();
		expect(told(found)).toEqual(
			told({ kind: 'bytes', bytes: first, isCut: false, imageUrl: null }),
		);
		expect(Math.max(...lengths)).toBeLessThan(100);
	});

	it('is found wherever the pieces end', () => {
		const bytes = Buffer.from(JSON.stringify({ image: BASE64 }));
		const pieces = (length: number) =>
			Array.from({ length: Math.ceil(bytes.length / length) }, (_, index) =>
				bytes.subarray(index * length, (index + 1) * length),
			);
		for (const length of [1, 2, 3, 7, 4_096, 65_536]) {
			const short = takePictures(new Pieces(pieces(length)));
			const [picture] = short?.pictures.values() ?? [];
			expect(picture).toMatchObject({ kind: 'picture' });
			expect(picture !== undefined && 'bytes' in picture && picture.bytes.equals(first)).toBe(true);
		}
	});

	it('says what it says in words, also far behind its beginning', () => {
		const words = { error: { message: 'no picture today' } };
		const body = Buffer.from(`{"noise":"${'x'.repeat(9_000)}",${JSON.stringify(words).slice(1)}`);
		const answer = { kind: 'answer', status: 200, headers: {} } as const;
		const pieces = split(body, [0.5]);
		expect(serviceWords({ ...answer, body: body.subarray(0, BEGINNING_BYTES), pieces })).toEqual(
			serviceWords({ ...answer, body }),
		);
	});
});
