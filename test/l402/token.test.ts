import fc from 'fast-check';
import { tokenCommitment, tokenCommitsTo } from '../../nodes/Sats4Ai/l402/token';
import pairs from '../vectors/challenge-pairs.json';
import { fieldV2, identifierFor, packetV1, writeV1, writeV2 } from './macaroonWriter';
import { anyText } from '../anyText';
import { randomRuns } from '../depth';

const HASH = '0123456789abcdef'.repeat(4);
const OTHER = 'fedcba9876543210'.repeat(4);
const base64 = (bytes: Buffer) => bytes.toString('base64');
const good = writeV2({ location: 'lsat', identifier: identifierFor(HASH), caveats: ['a=b', ''] });

describe('vectors', () => {
	test('are all there', () => {
		expect(pairs).toHaveLength(12);
	});

	test.each(pairs)('$name', ({ token, tokenPaymentHash, invoicePaymentHash, expect: expected }) => {
		expect(tokenCommitment(token)).toEqual(
			tokenPaymentHash === null
				? { status: 'unreadable' }
				: { status: 'hash', paymentHash: tokenPaymentHash },
		);
		const verdicts: Readonly<Record<string, string>> = {
			match: 'yes',
			mismatch: 'no',
			cannotCheck: 'cannotTell',
			// Its invoice is refused for itself; the hashes agree.
			invoiceInvalid: 'yes',
		};
		expect(tokenCommitsTo(token, invoicePaymentHash)).toBe(verdicts[expected]);
	});
});

describe('forms', () => {
	const lineFeeds = Buffer.concat([identifierFor(HASH).subarray(0, 34), Buffer.alloc(32, 0x0a)]);
	const draft = { location: 'https://x', identifier: identifierFor(HASH), caveats: ['a=b'] };

	test.each([
		['version 2', writeV2(draft)],
		['version 2 without location', writeV2({ ...draft, location: undefined })],
		['version 1', writeV1(draft)],
		['version 1 without location and caveats', writeV1({ identifier: draft.identifier })],
		['version 1, line feeds in the identifier', writeV1({ identifier: lineFeeds })],
	])('%s, in all three encodings', (_, bytes) => {
		for (const token of [
			base64(bytes),
			base64(bytes).replace(/=+$/, ''),
			bytes.toString('base64url'),
			bytes.toString('hex'),
			bytes.toString('hex').toUpperCase(),
		]) {
			expect(tokenCommitment(token)).toEqual({ status: 'hash', paymentHash: HASH });
			expect(tokenCommitsTo(token, HASH.toUpperCase())).toBe('yes');
			expect(tokenCommitsTo(token, OTHER)).toBe('no');
		}
	});

	test('the identifier may be in hex digits, of either case', () => {
		const hex = identifierFor(HASH).toString('hex');
		for (const digits of [hex, hex.toUpperCase()]) {
			const token = base64(writeV2({ identifier: Buffer.from(digits) }));
			expect(tokenCommitsTo(token, HASH)).toBe('yes');
		}
	});

	test('third-party caveats and long fields are passed over', () => {
		const bytes = Buffer.concat([
			Buffer.of(2),
			fieldV2(2, identifierFor(HASH)),
			Buffer.of(0),
			fieldV2(1, Buffer.from('there')),
			fieldV2(2, Buffer.alloc(3000)),
			Buffer.of(0),
			// Lengths of two and of three bytes, the first of which has no bit of its own.
			fieldV2(2, Buffer.alloc(128)),
			Buffer.of(0),
			fieldV2(2, Buffer.alloc(20_000)),
			fieldV2(4, Buffer.alloc(64)),
			Buffer.of(0, 0),
			fieldV2(6, Buffer.alloc(32)),
		]);
		expect(tokenCommitsTo(base64(bytes), HASH)).toBe('yes');
		const v1 = Buffer.concat([
			packetV1('identifier', identifierFor(HASH)),
			packetV1('cid', Buffer.from('a')),
			packetV1('vid', Buffer.alloc(64)),
			packetV1('cl', Buffer.from('there')),
			packetV1('signature', Buffer.alloc(32)),
		]);
		expect(tokenCommitsTo(base64(v1), HASH)).toBe('yes');
	});
});

describe('says nothing', () => {
	const id = fieldV2(2, identifierFor(HASH));
	const end = Buffer.of(0);
	const signature = fieldV2(6, Buffer.alloc(32));
	const v2 = (...parts: Buffer[]) => base64(Buffer.concat([Buffer.of(2), ...parts]));
	const v1 = (...parts: Buffer[]) => base64(Buffer.concat(parts));
	const v1Identifier = packetV1('identifier', identifierFor(HASH));
	const v1Signature = packetV1('signature', Buffer.alloc(32));

	test.each([
		['nothing', ''],
		['commas', ',,'],
		['no base64', 'not base64!'],
		['a JWT', 'eyJhbGciOiJIUzI1NiJ9.e30.XmNK3GpH3Ys_7wsYBfq4C3M6goz71I7dTgUkuIa5lyQ'],
		['one character', 'A'],
		['the version byte alone', 'Ag=='],
		['another version of the identifier', base64(writeV2({ identifier: identifierFor(HASH, 1) }))],
		['an identifier of 65 bytes', base64(writeV2({ identifier: identifierFor(HASH).subarray(1) }))],
		[
			'an identifier of 67 bytes',
			base64(writeV2({ identifier: Buffer.concat([identifierFor(HASH), end]) })),
		],
		[
			'an identifier of 130 hex digits',
			base64(writeV2({ identifier: Buffer.from(identifierFor(HASH).toString('hex').slice(2)) })),
		],
		[
			'an identifier of 133 hex digits',
			base64(writeV2({ identifier: Buffer.from(`${identifierFor(HASH).toString('hex')}0`) })),
		],
		['hex digits, one of them too many', `${good.toString('hex')}0`],
		['hex digits, and what is none among them', `${good.toString('hex')}zz00`],
		['base64 behind what is none', `!${base64(good)}`],
		['base64 before what is none', `${base64(good)}!`],
		['an empty identifier', base64(writeV2({ identifier: Buffer.alloc(0) }))],
		['v2: no identifier', v2(fieldV2(1, Buffer.from('x')), end, end, signature)],
		['v2: nothing but a signature', v2(end, signature)],
		[
			'v2: location behind the identifier',
			v2(id, fieldV2(1, Buffer.from('x')), end, end, signature),
		],
		['v2: two identifiers', v2(id, id, end, end, signature)],
		['v2: an unknown field', v2(id, fieldV2(3, Buffer.from('x')), end, end, signature)],
		['v2: a location alone', v2(id, end, fieldV2(1, Buffer.from('x')), end, end, signature)],
		['v2: a caveat without identifier', v2(id, end, fieldV2(1, Buffer.from('x')), end, signature)],
		[
			'v2: a length in more bytes than it takes',
			v2(Buffer.of(2, 0xc2, 0x80, 0x80, 0), identifierFor(HASH), end, end, signature),
		],
		['v2: no signature', v2(id, end, end)],
		['v2: a signature of 31 bytes', v2(id, end, end, fieldV2(6, Buffer.alloc(31)))],
		['v2: something else for a signature', v2(id, end, end, fieldV2(4, Buffer.alloc(32)))],
		['v2: more behind the signature', v2(id, end, end, signature, end)],
		['v2: a length beyond the end', v2(Buffer.of(2, 0x80, 0x7f), identifierFor(HASH))],
		['v2: a length without end', v2(Buffer.of(2, 0xff, 0xff, 0xff, 0xff, 0x01))],
		['v1: no identifier', v1(v1Signature)],
		['v1: two identifiers', v1(v1Identifier, v1Identifier, v1Signature)],
		[
			'v1: a caveat before the identifier',
			v1(packetV1('cid', Buffer.from('a')), v1Identifier, v1Signature),
		],
		[
			'v1: location behind the identifier',
			v1(v1Identifier, packetV1('location', Buffer.from('a')), v1Signature),
		],
		[
			'v1: something before a packet',
			v1(Buffer.from('x0053identifier '), identifierFor(HASH), Buffer.from('\n'), v1Signature),
		],
		['v1: no signature', v1(v1Identifier)],
		['v1: more behind the signature', v1(v1Identifier, v1Signature, v1Signature)],
		['v1: a signature of 33 bytes', v1(v1Identifier, packetV1('signature', Buffer.alloc(33)))],
		['v1: an unknown key', v1(v1Identifier, packetV1('other', Buffer.from('a')), v1Signature)],
		['v1: a length too short for its key', v1(Buffer.from('0005identifier '), v1Signature)],
		['v1: a length of zero', v1(Buffer.from('0000identifier '), v1Signature)],
		[
			'v1: a length of zero behind a packet',
			v1(v1Identifier, Buffer.from('0000cid '), v1Signature),
		],
		['v1: a length beyond the end', v1(Buffer.from('ffffidentifier x\n'), v1Signature)],
		[
			'v1: no line feed',
			v1(Buffer.concat([v1Identifier.subarray(0, -1), Buffer.from('x')]), v1Signature),
		],
	])('%s', (_, token) => {
		expect(tokenCommitment(token)).toEqual({ status: 'unreadable' });
		expect(tokenCommitsTo(token, HASH)).toBe('cannotTell');
	});

	test('a macaroon cut anywhere', () => {
		for (const whole of [good, writeV1({ identifier: identifierFor(HASH), caveats: ['a=b'] })]) {
			expect(tokenCommitsTo(base64(whole), HASH)).toBe('yes');
			for (let length = 0; length < whole.length; length++) {
				expect(tokenCommitsTo(base64(whole.subarray(0, length)), OTHER)).toBe('cannotTell');
			}
		}
	});
});

describe('several tokens', () => {
	const other = base64(writeV2({ identifier: identifierFor(OTHER) }));
	const discharge = base64(writeV2({ identifier: Buffer.from('a third party knows') }));

	test.each([
		['all agree', `${base64(good)},${good.toString('hex')}`, 'yes'],
		['one commits, one cannot be read', `${discharge},${base64(good)}`, 'yes'],
		['one commits to another payment', `${base64(good)},${other}`, 'no'],
		['none can be read', `${discharge},${discharge}`, 'cannotTell'],
	])('%s', (_, token, verdict) => {
		expect(tokenCommitsTo(token, HASH)).toBe(verdict);
	});

	test('that contradict each other commit to no one payment', () => {
		const token = `${base64(good)},${other}`;
		expect(tokenCommitment(token)).toEqual({ status: 'unreadable' });
		expect([HASH, OTHER].map((hash) => tokenCommitsTo(token, hash))).toEqual(['no', 'no']);
	});
});

test('any macaroon commits to the hash it was made for', () => {
	const bytes = (length: number) =>
		fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));
	fc.assert(
		fc.property(
			bytes(32),
			bytes(32),
			fc.option(fc.string({ maxLength: 200 }), { nil: undefined }),
			fc.array(fc.string({ maxLength: 200 }), { maxLength: 5 }),
			fc.constantFrom(writeV1, writeV2),
			fc.constantFrom('base64' as const, 'base64url' as const, 'hex' as const),
			(hash, tokenId, location, caveats, write, encoding) => {
				const identifier = Buffer.concat([Buffer.alloc(2), hash, tokenId]);
				const token = write({ location, identifier, caveats }).toString(encoding);
				expect(tokenCommitsTo(token, hash.toString('hex'))).toBe('yes');
			},
		),
		{ numRuns: randomRuns(1_000) },
	);
});

test('no text makes it throw', () => {
	const change = fc.record({ at: fc.nat(), byte: fc.nat(255) });
	const damaged = fc
		.tuple(
			fc.array(change, { maxLength: 5 }),
			fc.constantFrom(good, writeV1({ identifier: identifierFor(HASH) })),
		)
		.map(([changes, whole]) => {
			const bytes = Buffer.from(whole);
			for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
			return base64(bytes);
		});
	const anyBytes = fc
		.uint8Array({ maxLength: 300 })
		.map((bytes) => base64(Buffer.from([2, ...bytes])));
	fc.assert(
		fc.property(fc.oneof(anyText, damaged, anyBytes), (token) => {
			expect(['yes', 'no', 'cannotTell']).toContain(tokenCommitsTo(token, HASH));
			expect(['hash', 'unreadable']).toContain(tokenCommitment(token).status);
		}),
		{ numRuns: randomRuns(5_000) },
	);
});
