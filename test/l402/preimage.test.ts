import { isPreimage, paymentHashOf, preimageProves } from '../../nodes/Sats4Ai/l402/preimage';
import pairs from '../vectors/challenge-pairs.json';

const ZEROS = '0'.repeat(64);
/** SHA-256 of 32 zero bytes. */
const HASH_OF_ZEROS = '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925';

test('the preimage of a vector has the payment hash of its invoice', () => {
	const paid = pairs.filter(({ preimage }) => preimage !== undefined);
	expect(paid.length).toBeGreaterThan(0);
	for (const { preimage, invoicePaymentHash } of paid) {
		expect(paymentHashOf(preimage ?? '')).toBe(invoicePaymentHash);
		expect(preimageProves(preimage, invoicePaymentHash)).toBe(true);
		expect(preimageProves(preimage?.toUpperCase(), invoicePaymentHash.toUpperCase())).toBe(true);
	}
});

test('zeros prove what they are the preimage of, and nothing else', () => {
	expect(preimageProves(ZEROS, HASH_OF_ZEROS)).toBe(true);
	expect(preimageProves(ZEROS, ZEROS)).toBe(false);
	expect(preimageProves(HASH_OF_ZEROS, HASH_OF_ZEROS)).toBe(false);
});

test.each([
	['nothing', ''],
	['too short', '0'.repeat(63)],
	['too long', '0'.repeat(65)],
	['a digit that is none', `${'0'.repeat(63)}g`],
	['a line break behind it', `${ZEROS}\n`],
	['a space before it', ` ${ZEROS}`],
	['a prefix', `0x${'0'.repeat(62)}`],
	['digits of another script', '٠'.repeat(64)],
	['bytes', Buffer.alloc(32)],
	['a number', 0],
	['null', null],
	['undefined', undefined],
	['a list', [ZEROS]],
])('is no preimage and proves nothing: %s', (_, value) => {
	expect(isPreimage(value)).toBe(false);
	expect(preimageProves(value, HASH_OF_ZEROS)).toBe(false);
});

test('the hash of half-read hex is never given', () => {
	expect(() => paymentHashOf('00zz')).toThrow('A preimage is 64 hex digits');
});
