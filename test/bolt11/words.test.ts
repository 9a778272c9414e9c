import fc from 'fast-check';
import {
	bytesExactly,
	bytesFilledUp,
	decodeBech32,
	encodeBech32,
	numberIn,
} from '../../nodes/Sats4Ai/bolt11/words';
import { InvoiceInvalid } from '../../nodes/Sats4Ai/bolt11/invalid';
import vectors from '../vectors/bech32.json';
import { withChecksum, wordsIn, wordsOf, wordsOfNumber } from './invoiceWriter';

const word = fc.integer({ min: 0, max: 31 });

test.each(vectors.valid)('BIP-173 has $text', ({ text, humanReadablePart, data }) => {
	const decoded = decodeBech32(text);
	expect(decoded.humanReadablePart).toBe(humanReadablePart);
	expect([...decoded.words]).toEqual(wordsIn(`1${data}checks`));
});

test.each(vectors.invalid)('refused: $text ($why)', ({ text }) => {
	expect(() => decodeBech32(text)).toThrow(InvoiceInvalid);
});

test('any words come back, and any one changed character is noticed', () => {
	const prefix = fc.stringMatching(/^[a-z0-9?]{1,20}$/);
	fc.assert(
		fc.property(prefix, fc.array(word, { maxLength: 80 }), fc.nat(), word, (hrp, words, at, to) => {
			const text = withChecksum(hrp, words);
			expect([...decodeBech32(text).words]).toEqual(words);
			const position = hrp.length + 1 + (at % (words.length + 6));
			const character = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.charAt(to);
			fc.pre(text[position] !== character);
			const changed = text.slice(0, position) + character + text.slice(position + 1);
			expect(() => decodeBech32(changed)).toThrow('its checksum is wrong');
		}),
	);
});

test('bytes come back from their words', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
			expect([...bytesExactly(Uint8Array.from(wordsOf(bytes)))]).toEqual([...bytes]);
		}),
	);
});

test.each([
	[[31], 'five bits over'],
	[[0], 'five bits over, all of them zero'],
	[[0, 1], 'two bits over, one of them set'],
	[[0, 0, 0], 'seven bits over, all of them zero'],
	[[0, 0, 0, 8], 'four bits over, one of them set'],
])('words %j are not whole bytes: %s', (words) => {
	expect(() => bytesExactly(Uint8Array.from(words))).toThrow(
		'a field is not padded with zeros to whole bytes',
	);
});

test('what is left over is filled up with zeros', () => {
	expect([...bytesFilledUp(Uint8Array.of(31))]).toEqual([0b11111000]);
	expect([...bytesFilledUp(Uint8Array.of(31, 31, 31))]).toEqual([255, 0b11111110]);
	expect([...bytesFilledUp(new Uint8Array(0))]).toEqual([]);
});

test('numbers come back from their words', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), fc.nat(5), (number, zeros) => {
			const words = [...Array.from({ length: zeros }, () => 0), ...wordsOfNumber(number)];
			expect(numberIn(Uint8Array.from(words))).toBe(number);
		}),
	);
});

test.each([0, 1, 20, 200])('%d bytes are written as by the other writer', (length) => {
	const bytes = Buffer.alloc(length, 0xa5);
	expect(encodeBech32('lnurl', bytes)).toBe(withChecksum('lnurl', wordsOf(bytes)));
});
