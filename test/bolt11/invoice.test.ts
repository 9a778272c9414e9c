import { createHash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import {
	decodeInvoice,
	InvoiceInvalid,
	tryDecodeInvoice,
} from '../../nodes/Sats4Ai/bolt11/invoice';
import { checkSignature } from '../../nodes/Sats4Ai/bolt11/signature';
import {
	EXAMPLE_KEY,
	EXAMPLE_PAYEE,
	GOOD_DRAFT,
	GOOD_FIELDS,
	PAYMENT_HASH,
	PAYMENT_SECRET,
	signToInfinity,
	signWith,
	withChecksum,
	wordsIn,
	wordsOf,
	wordsOfBits,
	wordsOfHex,
	wordsOfNumber,
	wordsOfText,
	write,
	writeFields,
	writeWords,
	type Signer,
} from './invoiceWriter';

const ORDER = secp256k1.Point.Fn.ORDER;
const FIELD_PRIME = secp256k1.Point.Fp.ORDER;

function reasonAgainst(text: string): string | null {
	try {
		decodeInvoice(text);
		return null;
	} catch (error) {
		if (error instanceof InvoiceInvalid) return error.reason;
		throw error;
	}
}

const bytes32 = (number: bigint) => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
const numberOf = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

describe('the text', () => {
	test('is returned in lower case and without the URI prefix', () => {
		const text = write();
		for (const form of [text, text.toUpperCase(), `lightning:${text}`, `LIGHTNING:${text}`]) {
			expect(decodeInvoice(form).text).toBe(text);
		}
		expect(decodeInvoice(`LiGhTnInG:${text.toUpperCase()}`).text).toBe(text);
	});

	test.each([
		['nothing', '', 'it has no separator "1"'],
		['the URI prefix alone', 'lightning:', 'it has no separator "1"'],
		['no prefix', '1qqqqqqqq', 'it has no separator "1"'],
		['less than a checksum', 'lnbc1qqqqq', 'it is too short'],
		['a space before it', ` ${write()}`, 'it holds characters bech32 has not'],
		['a line break after it', `${write()}\n`, 'it holds characters bech32 has not'],
		['the URI prefix inside', write().replace('lnbc', 'lnbclightning:'), 'its checksum is wrong'],
		['the URI prefix twice', `lightning:lightning:${write()}`, 'its checksum is wrong'],
		[
			'a letter that bech32 leaves out',
			write().replace('q', 'b'),
			'it holds characters bech32 has not',
		],
		[
			'a letter that only lower-casing makes ASCII',
			write().toUpperCase().replace('K', '\u212a'),
			'it holds characters bech32 has not',
		],
		['one word changed', write().replace('qqqq', 'qqqp'), 'its checksum is wrong'],
		['mixed case', write().replace('q', 'Q'), 'it mixes upper and lower case'],
	])('is refused: %s', (_, text, reason) => {
		expect(reasonAgainst(text)).toBe(reason);
	});

	test('may be as long as the longest QR code and no longer', () => {
		const filler = (length: number): readonly (readonly number[])[] =>
			Array.from({ length: 6 }, () => Array.from({ length: 1023 }, () => 0)).concat([
				Array.from({ length }, () => 0),
			]);
		const shortest = writeFields({ z: filler(0) }).length;
		const longest = writeFields({ z: filler(7089 - shortest) });
		expect(longest).toHaveLength(7089);
		expect(decodeInvoice(longest).paymentHash).toBe(PAYMENT_HASH);
		expect(reasonAgainst(writeFields({ z: filler(7090 - shortest) }))).toMatch(/longer than 7089/);
	});

	test('needs room for timestamp and signature', () => {
		const words = [...Array.from({ length: 110 }, () => 0)];
		expect(reasonAgainst(withChecksum('lnbc10u', words))).toBe('it is too short');
		expect(reasonAgainst(withChecksum('lnbc10u', [...words, 0]))).toBe('it has no payment hash');
	});

	test('may be tried: what is refused comes back as a value, whatever it was', () => {
		expect(tryDecodeInvoice(write())).toEqual(decodeInvoice(write()));
		expect(tryDecodeInvoice('ln')).toMatchObject({
			name: 'InvoiceInvalid',
			message: 'The invoice is not valid: it has no separator "1"',
		});
		const odd = JSON.parse('5') as string;
		expect(tryDecodeInvoice(odd)).toMatchObject({ reason: 'it cannot be decoded' });
	});
});

describe('network and amount', () => {
	const cases: ReadonlyArray<readonly [string, string, bigint | null]> = [
		['lnbc', 'mainnet', null],
		['lnbc1', 'mainnet', 100_000_000_000n],
		['lnbc2', 'mainnet', 200_000_000_000n],
		['lnbc11', 'mainnet', 1_100_000_000_000n],
		['lnbc5n', 'mainnet', 500n],
		['lnbc1m', 'mainnet', 100_000_000n],
		['lnbc1u', 'mainnet', 100_000n],
		['lnbc1n', 'mainnet', 100n],
		['lnbc10p', 'mainnet', 1n],
		['lnbc50n', 'mainnet', 5_000n],
		['lntb20m', 'testnet', 2_000_000_000n],
		['lntbs10u', 'signet', 1_000_000n],
		['lntbs', 'signet', null],
		['lnbcrt100n', 'regtest', 10_000n],
		['lnbcrt', 'regtest', null],
		[`lnbc${'9'.repeat(40)}`, 'mainnet', BigInt('9'.repeat(40)) * 100_000_000_000n],
	];

	test.each(cases)('%s', (prefix, network, msat) => {
		const invoice = decodeInvoice(write({ humanReadablePart: prefix }));
		expect([invoice.network, invoice.amountMsat]).toEqual([network, msat]);
	});

	test.each([
		['lnbc9u1', 'its network or amount cannot be read'],
		['lnbc9u1qpzq', 'its network or amount cannot be read'],
		['lnbc1pabc9u', 'its network or amount cannot be read'],
		['lnbc0', 'its amount is zero or begins with a zero'],
		['lnbc0p', 'its amount is zero or begins with a zero'],
		['lnbc00u', 'its amount is zero or begins with a zero'],
		['lnbc010u', 'its amount is zero or begins with a zero'],
		['lnbc9p', 'its amount is not a whole number of millisatoshis'],
		['lnbc2500000001p', 'its amount is not a whole number of millisatoshis'],
		['lnbc10k', 'its amount has an unknown multiplier'],
		['lnbcu', 'its network or amount cannot be read'],
		['lnbc-1u', 'its network or amount cannot be read'],
		['lnbc1.5u', 'its network or amount cannot be read'],
		['lnbc+1u', 'its network or amount cannot be read'],
		['lnbc1e3u', 'its network or amount cannot be read'],
		['lnbcr10u', 'its network or amount cannot be read'],
		['lnsb10u', 'it is for an unknown network'],
		['lnltc10u', 'it is for an unknown network'],
		['bc10u', 'it is for an unknown network'],
		['ln', 'it is for an unknown network'],
		['xlnbc10u', 'it is for an unknown network'],
	])('%s is refused', (humanReadablePart, reason) => {
		expect(reasonAgainst(write({ humanReadablePart }))).toBe(reason);
	});

	test.each([
		'lnbc9u1qpzq1qpzry9x8gf2tvdw0s3jn54khce6mua7l',
		'lnbc1pabc9u1def',
		'lnbc1pvjl5p1uez',
		'lnbc1pvjluez',
		'lnbc1pxxxxxx',
		'lnbc0p1pvjluez',
	])('a stub that some clients read an amount from is refused: %s', (stub) => {
		expect(() => decodeInvoice(stub)).toThrow(InvoiceInvalid);
	});
});

describe('times', () => {
	test.each([
		['0', [0], 0n],
		['nothing at all', [], 0n],
		['60', wordsOfNumber(60n), 60n],
		['2^60', wordsOfNumber(2n ** 60n), 2n ** 60n],
	])('an expiry of %s is read as it is', (_, words, expirySeconds) => {
		expect(decodeInvoice(writeFields({ x: [words] })).expirySeconds).toBe(expirySeconds);
	});

	test('without an expiry it is an hour', () => {
		const invoice = decodeInvoice(write({ timestamp: 1000 }));
		expect([invoice.timestamp, invoice.expirySeconds]).toEqual([1000, 3600n]);
		expect(invoice.expiresAt).toBe(4_600_000);
	});

	test('the end is an instant that a Date can hold, whatever the expiry', () => {
		const longest = Array.from({ length: 1023 }, () => 31);
		const invoice = decodeInvoice(writeFields({ x: [longest] }));
		expect(invoice.expirySeconds).toBe(2n ** 5115n - 1n);
		expect(new Date(invoice.expiresAt).toISOString()).toBe('+275760-09-13T00:00:00.000Z');
	});

	test('the timestamp fills its 35 bits', () => {
		expect(decodeInvoice(write({ timestamp: 2 ** 35 - 1 })).timestamp).toBe(34_359_738_367);
	});

	test.each([
		['144', wordsOfNumber(144n), 144],
		['nothing at all', [], 0],
	])('a final lock time of %s blocks is read as it is', (_, words, blocks) => {
		expect(decodeInvoice(writeFields({ c: [words] })).minFinalCltvExpiryDelta).toBe(blocks);
	});

	test('without one it is 18 blocks, and one that cannot be is refused', () => {
		expect(decodeInvoice(write()).minFinalCltvExpiryDelta).toBe(18);
		expect(decodeInvoice(writeFields({ c: [wordsOfNumber(499_999_999n)] })).paymentHash).toBe(
			PAYMENT_HASH,
		);
		expect(reasonAgainst(writeFields({ c: [wordsOfNumber(500_000_000n)] }))).toBe(
			'its last hop needs too many blocks',
		);
	});
});

describe('fields', () => {
	const zeros = (length: number) => Array.from({ length }, () => 0);

	test.each(['p', 's', 'h', 'n'])('%s of another length is skipped, wherever it stands', (name) => {
		for (const length of [0, 1, 51, 53, 54, 1023].filter((l) => name !== 'n' || l !== 53)) {
			const wrong = [name, zeros(length)] as const;
			const before = decodeInvoice(write({ fields: [wrong, ...GOOD_FIELDS] }));
			const after = decodeInvoice(write({ fields: [...GOOD_FIELDS, wrong] }));
			for (const { paymentHash, paymentSecret, descriptionHash, payee } of [before, after]) {
				expect([paymentHash, paymentSecret]).toEqual([PAYMENT_HASH, PAYMENT_SECRET]);
				expect([descriptionHash, payee]).toEqual([null, null]);
			}
		}
	});

	test('of several of one kind the first counts', () => {
		const other = wordsOfHex('22'.repeat(32));
		const invoice = decodeInvoice(
			write({
				fields: [
					...GOOD_FIELDS,
					['p', other],
					['s', other],
					['d', wordsOfText('tea')],
					['x', wordsOfNumber(60n)],
					['x', wordsOfNumber(61n)],
					['c', wordsOfNumber(40n)],
					['c', wordsOfNumber(41n)],
				],
			}),
		);
		expect(invoice).toMatchObject({
			paymentHash: PAYMENT_HASH,
			paymentSecret: PAYMENT_SECRET,
			description: 'coffee',
			expirySeconds: 60n,
			minFinalCltvExpiryDelta: 40,
		});
	});

	test('unknown ones and on-chain addresses are skipped', () => {
		// "5" has the value 20, which no version of BOLT 11 gives a meaning.
		const fields = ['q', '5', 'y', 'l', '7', 'f'].map((name) => [name, [31, 31, 31]] as const);
		expect(decodeInvoice(write({ fields: [...fields, ...GOOD_FIELDS] })).description).toBe(
			'coffee',
		);
	});

	test.each([
		['no payment hash', { p: [] }, 'it has no payment hash'],
		['no payment secret', { s: [] }, 'it has no payment secret'],
		['no description', { d: [] }, 'it has no description'],
		[
			'two kinds of description',
			{ h: [wordsOfHex('33'.repeat(32))] },
			'it has two descriptions, one of them hashed',
		],
		[
			'a description that is not UTF-8',
			{ d: [wordsOf([0xff, 0xfe])] },
			'its description is not UTF-8',
		],
		[
			'a description cut inside a character',
			{ d: [wordsOf([0xe2, 0x82])] },
			'its description is not UTF-8',
		],
		[
			'a description with half a surrogate',
			{ d: [wordsOf([0xed, 0xa0, 0x80])] },
			'its description is not UTF-8',
		],
		[
			'a hash with bits behind its end',
			{ p: [[...wordsOfHex(PAYMENT_HASH).slice(0, -1), 1]] },
			'a field is not padded with zeros to whole bytes',
		],
		[
			'a description with a word too many',
			{ d: [[...wordsOfText('coffee'), 0]] },
			'a field is not padded with zeros to whole bytes',
		],
	])('refused: %s', (_, changes, reason) => {
		expect(reasonAgainst(writeFields(changes))).toBe(reason);
	});

	test.each([
		['empty', ''],
		['a byte order mark', '\ufefftext'],
		['the replacement character itself', '\ufffd'],
		['beyond the basic plane', '🍺 ナンセンス 1杯'],
		['zeros and line breaks', '\0\r\n'],
		['as long as a field can be', 'x'.repeat(639)],
	])('a description: %s', (_, text) => {
		expect(decodeInvoice(writeFields({ d: [wordsOfText(text)] })).description).toBe(text);
	});

	test('a hash may stand for the description', () => {
		const invoice = decodeInvoice(writeFields({ d: [], h: [wordsOfHex('ab'.repeat(32))] }));
		expect([invoice.description, invoice.descriptionHash]).toEqual([null, 'ab'.repeat(32)]);
	});

	test('metadata of any length is allowed', () => {
		for (const m of [wordsOfHex('01fafaf0'), []]) {
			expect(decodeInvoice(writeFields({ m: [m] })).paymentHash).toBe(PAYMENT_HASH);
		}
	});

	test('one that runs past the end is refused, and so is half a head', () => {
		const words = wordsIn(write()).slice(0, -104);
		expect(reasonAgainst(writeWords('lnbc10u', [...words, 13, 0, 1]))).toBe(
			'a field runs past the end',
		);
		expect(reasonAgainst(writeWords('lnbc10u', [...words, 13, 31, 31, 0, 0]))).toBe(
			'a field runs past the end',
		);
		for (const head of [[13], [13, 0]]) {
			expect(reasonAgainst(writeWords('lnbc10u', [...words, ...head]))).toBe(
				'a field is cut short',
			);
		}
	});

	test('route hints', () => {
		const hop = `${EXAMPLE_PAYEE}0102030405060708000000010000001400ff`;
		const hints = writeFields({ r: [wordsOfHex(hop), wordsOfHex(hop + hop)] });
		expect(decodeInvoice(hints).paymentHash).toBe(PAYMENT_HASH);
		for (const cut of ['', hop.slice(0, -2), hop + hop.slice(0, 2)]) {
			const text = writeFields({ r: [wordsOfHex(cut)] });
			expect(reasonAgainst(text)).toBe('a route hint is cut short');
		}
	});
});

describe('features', () => {
	test('the even ones that invoices may ask for are known, and all odd ones pass', () => {
		const known = [8, 14, 16, 24, 36, 48];
		const odd = Array.from({ length: 600 }, (_, index) => 2 * index + 1);
		const bits = [...known, ...odd].sort((a, b) => a - b);
		expect(decodeInvoice(writeFields({ '9': [wordsOfBits(bits)] })).features).toEqual(bits);
	});

	test('every other even one is refused and named', () => {
		const known = new Set([8, 14, 16, 24, 36, 48]);
		for (let bit = 0; bit < 130; bit += 2) {
			const reason = reasonAgainst(writeFields({ '9': [wordsOfBits([8, 14, bit])] }));
			expect(reason).toBe(known.has(bit) ? null : `it requires the unknown feature ${bit}`);
		}
	});

	test('may be absent, empty, or led by zeros', () => {
		expect(decodeInvoice(writeFields({ '9': [] })).features).toEqual([]);
		expect(decodeInvoice(writeFields({ '9': [[]] })).features).toEqual([]);
		const led = [0, 0, ...wordsOfBits([9, 15])];
		expect(decodeInvoice(writeFields({ '9': [led] })).features).toEqual([9, 15]);
	});

	test('an unknown even one cannot hide in a second field', () => {
		const text = writeFields({ '9': [wordsOfBits([9]), wordsOfBits([100])] });
		expect(reasonAgainst(text)).toBe('it requires the unknown feature 100');
	});
});

describe('the signature', () => {
	const named = { n: [wordsOfHex(EXAMPLE_PAYEE)] };
	const namedFields = [...GOOD_FIELDS, ['n', wordsOfHex(EXAMPLE_PAYEE)] as const];
	const signer = signWith(EXAMPLE_KEY);
	const changed =
		(change: (r: bigint, s: bigint, id: number) => readonly [bigint, bigint, number]): Signer =>
		(hash) => {
			const { bytes, recoveryId } = signer(hash);
			const [r, s, id] = change(
				numberOf(bytes.slice(0, 32)),
				numberOf(bytes.slice(32)),
				recoveryId,
			);
			return { bytes: Buffer.concat([bytes32(r), bytes32(s)]), recoveryId: id };
		};

	test('of the named payee passes, with any recovery id', () => {
		expect(decodeInvoice(writeFields(named)).payee).toBe(EXAMPLE_PAYEE);
		for (const id of [0, 1, 2, 3]) {
			const text = write({ fields: namedFields, signer: changed((r, s) => [r, s, id]) });
			expect(decodeInvoice(text).recoveryFlag).toBe(id);
		}
	});

	test('of another than the named payee is refused', () => {
		const text = write({ fields: namedFields, signer: signWith(Buffer.alloc(32, 7)) });
		expect(reasonAgainst(text)).toBe('its signature is not by its payee');
	});

	test.each([
		['not a point', `02${'ff'.repeat(32)}`],
		['x without a point', `02${'00'.repeat(31)}05`],
		['not compressed', `04${'11'.repeat(32)}`],
		['infinity', '00'.repeat(33)],
	])('a payee that is no public key is refused: %s', (_, payee) => {
		const reason = reasonAgainst(writeFields({ n: [wordsOfHex(payee)] }));
		expect(reason).toBe('its signature is not by its payee');
	});

	test('in its high-S form passes only without a named payee', () => {
		const highS = changed((r, s, id) => [r, ORDER - s, id ^ 1]);
		expect(decodeInvoice(write({ signer: highS })).paymentHash).toBe(PAYMENT_HASH);
		expect(reasonAgainst(write({ fields: namedFields, signer: highS }))).toBe(
			'its signature is not in the low-S form',
		);
	});

	test.each<readonly [string, Signer]>([
		['r = 0', changed((_, s, id) => [0n, s, id])],
		['s = 0', changed((r, _, id) => [r, 0n, id])],
		['r = the order', changed((_, s, id) => [ORDER, s, id])],
		['s = the order', changed((r, _, id) => [r, ORDER, id])],
		['r as large as can be', changed((_, s, id) => [2n ** 256n - 1n, s, id])],
		['recovery id 4', changed((r, s) => [r, s, 4])],
		['recovery id 255', changed((r, s) => [r, s, 255])],
	])('out of range is refused: %s', (_, wrong) => {
		expect(reasonAgainst(write({ signer: wrong }))).toBe('its signature is out of range');
		expect(reasonAgainst(write({ fields: namedFields, signer: wrong }))).toBe(
			'its signature is out of range',
		);
	});

	test('must give a key: r must be an x coordinate', () => {
		// 5³ + 7 is not a square in the field, 1³ + 7 is.
		expect(reasonAgainst(write({ signer: changed((_, s, id) => [5n, s, id]) }))).toBe(
			'no key can be recovered from its signature',
		);
		expect(decodeInvoice(write({ signer: changed((_, s, id) => [1n, s, id]) }))).toBeTruthy();
	});

	test('recovery ids 2 and 3 mean an x coordinate beyond the order', () => {
		expect(reasonAgainst(write({ signer: changed((r, s, id) => [r, s, id + 2]) }))).toBe(
			'no key can be recovered from its signature',
		);
		const isX = (x: bigint) => {
			try {
				return secp256k1.Point.fromBytes(Buffer.concat([Buffer.of(2), bytes32(x)])) !== null;
			} catch {
				return false;
			}
		};
		let good = ORDER + 1n;
		while (!isX(good)) good++;
		let bad = good;
		while (isX(bad)) bad++;
		for (const id of [2, 3]) {
			const wrapped = changed((_, s) => [good - ORDER, s, id]);
			expect(decodeInvoice(write({ signer: wrapped })).recoveryFlag).toBe(id);
			const noPoint = changed((_, s) => [bad - ORDER, s, id]);
			expect(reasonAgainst(write({ signer: noPoint }))).toBe(
				'no key can be recovered from its signature',
			);
			const beyondField = changed((_, s) => [FIELD_PRIME - ORDER, s, id]);
			expect(reasonAgainst(write({ signer: beyondField }))).toBe(
				'no key can be recovered from its signature',
			);
		}
	});

	test('whose key would be the point at infinity is left to the wallet', () => {
		const text = write({ signer: signToInfinity });
		expect(decodeInvoice(text).paymentHash).toBe(PAYMENT_HASH);
		expect(reasonAgainst(write({ fields: namedFields, signer: signToInfinity }))).toBe(
			'its signature is not by its payee',
		);
	});

	test('may have the largest s of the low form, and none that is larger', () => {
		const { Fn, BASE } = secp256k1.Point;
		const [signed, nonce] = [Buffer.from('any bytes'), 123_456_789n];
		const z = Fn.create(numberOf(createHash('sha256').update(signed).digest()));
		const r = Fn.create(BASE.multiply(nonce).toAffine().x);
		// The key whose signature over these bytes has this very s.
		const check = (s: bigint) => {
			const key = Fn.mul(Fn.sub(Fn.mul(s, nonce), z), Fn.inv(r));
			const bytes = Buffer.concat([bytes32(r), bytes32(s)]);
			checkSignature(signed, { bytes, recoveryId: 0 }, BASE.multiply(key).toHex(true));
		};
		expect(() => check(ORDER / 2n)).not.toThrow();
		expect(() => check(ORDER / 2n + 1n)).toThrow('its signature is not in the low-S form');
	});

	test('covers the prefix: another amount is another payee', () => {
		const words = wordsIn(writeFields(named));
		expect(reasonAgainst(withChecksum('lnbc10u', words))).toBeNull();
		expect(reasonAgainst(withChecksum('lnbc11u', words))).toBe('its signature is not by its payee');
	});
});

test('the writer and the decoder agree on the example of a good invoice', () => {
	expect(decodeInvoice(write())).toMatchObject({
		network: 'mainnet',
		amountMsat: 1_000_000n,
		timestamp: GOOD_DRAFT.timestamp,
		paymentHash: PAYMENT_HASH,
		paymentSecret: PAYMENT_SECRET,
		description: 'coffee',
		features: [8, 14],
	});
});
