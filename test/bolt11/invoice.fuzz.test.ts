import fc from 'fast-check';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { decodeInvoice, InvoiceInvalid } from '../../nodes/Sats4Ai/bolt11/invoice';
import vectors from '../vectors/bolt11.json';
import {
	GOOD_FIELDS,
	withChecksum,
	wordsIn,
	wordsOfText,
	write,
	writeWords,
	type Field,
} from './invoiceWriter';
import { anyText } from '../anyText';
import { randomRuns } from '../depth';

/** Decodes or refuses; any other exception fails the test. */
function decodes(text: string): boolean {
	try {
		decodeInvoice(text);
		return true;
	} catch (error) {
		if (error instanceof InvoiceInvalid) return false;
		throw error;
	}
}

const valid = vectors.valid.map(({ invoice }) => invoice.toLowerCase());
const word = fc.integer({ min: 0, max: 31 });
const words = (maxLength: number) => fc.array(word, { maxLength });
const prefix = fc.oneof(
	fc.constantFrom('lnbc', 'lntb', 'lntbs', 'lnbcrt', 'lnbc1', 'lnbc25m', 'lnbc10p', 'lnbc0u'),
	fc.stringMatching(/^ln(bc|tb|tbs|bcrt)[0-9]{0,30}[munpx]?$/),
);

describe('nothing but InvoiceInvalid is thrown', () => {
	test('on any text', () => {
		fc.assert(
			fc.property(
				fc.oneof(anyText, fc.string({ unit: 'grapheme' }), fc.string()),
				fc.constantFrom('', 'ln', 'lnbc', 'lnbc10u1', 'lightning:', 'LNBC1'),
				(text, before) => {
					expect(decodes(before + text)).toBe(false);
				},
			),
			{ numRuns: randomRuns(3_000) },
		);
	});

	test('on any words with a right checksum', () => {
		fc.assert(
			fc.property(prefix, words(400), (before, data) => {
				decodes(withChecksum(before, data));
			}),
			{ numRuns: randomRuns(2_000) },
		);
	});

	test('on any fields, rightly signed', () => {
		const name = fc.constantFrom(...'psdnhxcr9mfq5');
		const field = fc.tuple(name, fc.oneof(words(120), words(1023))) satisfies fc.Arbitrary<Field>;
		fc.assert(
			fc.property(fc.array(field, { maxLength: 6 }), fc.nat(4), (fields, at) => {
				decodes(write({ fields: GOOD_FIELDS.toSpliced(at, 0, ...fields) }));
			}),
			{ numRuns: randomRuns(1_000) },
		);
	});

	test('on any words between timestamp and signature, rightly signed', () => {
		fc.assert(
			fc.property(prefix, words(200), (before, data) => {
				decodes(writeWords(before, data));
			}),
			{ numRuns: randomRuns(1_000) },
		);
	});
});

describe('a valid invoice that was changed', () => {
	test('is refused while its checksum is not repaired', () => {
		fc.assert(
			fc.property(fc.constantFrom(...valid), fc.nat(), word, (text, at, value) => {
				const position = text.lastIndexOf('1') + 1 + (at % wordsIn(text).length);
				const changed =
					text.slice(0, position) +
					'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.charAt(value) +
					text.slice(position + 1);
				expect(decodes(changed)).toBe(changed === text);
			}),
			{ numRuns: randomRuns(1_000) },
		);
	});

	test('decodes or is refused once its checksum is repaired', () => {
		const change = fc.record({
			at: fc.nat(),
			remove: fc.nat(3),
			insert: words(3),
		});
		fc.assert(
			fc.property(
				fc.constantFrom(...valid),
				fc.array(change, { minLength: 1, maxLength: 4 }),
				(text, changes) => {
					const changed = changes.reduce(
						(data, { at, remove, insert }) =>
							data.toSpliced(at % (data.length + 1), remove, ...insert),
						wordsIn(text),
					);
					decodes(withChecksum(text.slice(0, text.lastIndexOf('1')), changed));
				},
			),
			{ numRuns: randomRuns(3_000) },
		);
	});
});

test('exactly the signatures that give a key pass', () => {
	const wide = fc.uint8Array({ minLength: 64, maxLength: 64 });
	fc.assert(
		fc.property(wide, fc.integer({ min: 0, max: 5 }), (bytes, recoveryId) => {
			let givesKey = false;
			const text = write({
				signer: (hash) => {
					givesKey = recoversKey(bytes, recoveryId, hash);
					return { bytes, recoveryId };
				},
			});
			expect(decodes(text)).toBe(givesKey);
		}),
		{ numRuns: randomRuns(1_000) },
	);
});

function recoversKey(bytes: Uint8Array, recoveryId: number, hash: Uint8Array): boolean {
	try {
		const signature = Buffer.concat([Buffer.of(recoveryId), bytes]);
		return secp256k1.recoverPublicKey(signature, hash, { prehash: false }).length === 33;
	} catch {
		return false;
	}
}

test('a description comes back as it was written', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (description) => {
			fc.pre(Buffer.byteLength(description) < 640);
			const fields = GOOD_FIELDS.map((field): Field =>
				field[0] === 'd' ? ['d', wordsOfText(description)] : field,
			);
			expect(decodeInvoice(write({ fields })).description).toBe(description);
		}),
	);
});
