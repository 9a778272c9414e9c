import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sharedX } from '../../../nodes/Sats4Ai/wallets/nwc/connectionString';
import {
	conversationKey,
	decrypt,
	encrypt,
	messageKeys,
	paddedLength,
} from '../../../nodes/Sats4Ai/wallets/nwc/nip44';
import vectors from '../../vectors/nip44.json';

const { valid, invalid } = vectors.v2;
const bytes = (hex: string) => Buffer.from(hex, 'hex');
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the official NIP-44 vectors', () => {
	test.each(valid.get_conversation_key)('conversation key of $pub2', (vector) => {
		const key = conversationKey(sharedX(bytes(vector.sec1), vector.pub2));
		expect(key.toString('hex')).toBe(vector.conversation_key);
	});

	test.each(valid.get_message_keys.keys)('message keys for nonce $nonce', (vector) => {
		const conversation = bytes(valid.get_message_keys.conversation_key);
		const keys = messageKeys(conversation, bytes(vector.nonce));
		expect(keys.chachaKey.toString('hex')).toBe(vector.chacha_key);
		expect(keys.chachaNonce.toString('hex')).toBe(vector.chacha_nonce);
		expect(keys.macKey.toString('hex')).toBe(vector.hmac_key);
	});

	test.each(valid.calc_padded_len)('%d bytes are padded to %d', (length, padded) => {
		expect(paddedLength(length ?? 0)).toBe(padded);
	});

	test.each(valid.encrypt_decrypt)('encrypts and decrypts "$plaintext"', (vector) => {
		const conversation = bytes(vector.conversation_key);
		expect(encrypt(vector.plaintext, conversation, bytes(vector.nonce))).toBe(vector.payload);
		expect(decrypt(vector.payload, conversation)).toBe(vector.plaintext);
	});

	test.each(valid.encrypt_decrypt_long_msg)('$repeat times "$pattern"', (vector) => {
		const plaintext = vector.pattern.repeat(vector.repeat);
		expect(sha256(plaintext)).toBe(vector.plaintext_sha256);
		const conversation = bytes(vector.conversation_key);
		const payload = encrypt(plaintext, conversation, bytes(vector.nonce)) ?? '';
		expect(sha256(payload)).toBe(vector.payload_sha256);
		expect(decrypt(payload, conversation)).toBe(plaintext);
	});

	test.each(invalid.encrypt_msg_lengths)('refuses a text of %d bytes', (length) => {
		expect(encrypt('x'.repeat(length), Buffer.alloc(32, 1))).toBeNull();
	});

	test.each(invalid.get_conversation_key)('refuses keys: $note', (vector) => {
		expect(() => sharedX(bytes(vector.sec1), vector.pub2)).toThrow();
	});

	test.each(invalid.decrypt)('refuses a payload: $note', (vector) => {
		expect(decrypt(vector.payload, bytes(vector.conversation_key))).toBeNull();
	});

	test('are all there', () => {
		const count = [
			...Object.values(invalid),
			valid.get_conversation_key,
			valid.get_message_keys.keys,
			valid.calc_padded_len,
			valid.encrypt_decrypt,
			valid.encrypt_decrypt_long_msg,
		].reduce((sum, list) => sum + list.length, 0);
		expect(count).toBe(128);
	});
});

const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((key) => Buffer.from(key));

test('what was encrypted is decrypted', () => {
	const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 });
	fc.assert(
		fc.property(texts, anyKey, (text, key) => {
			expect(decrypt(encrypt(text, key) ?? '', key)).toBe(text);
		}),
	);
});

test('no single changed byte goes unnoticed', () => {
	const key = Buffer.alloc(32, 7);
	const payload = Buffer.from(encrypt('{"method":"pay_invoice"}', key) ?? '', 'base64');
	fc.assert(
		fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
			const changed = Buffer.from(payload);
			changed[at] = (changed[at] ?? 0) ^ change;
			expect(decrypt(changed.toString('base64'), key)).toBeNull();
		}),
	);
});

test('no text makes it throw', () => {
	fc.assert(
		fc.property(fc.string(), anyKey, (text, key) => {
			expect(decrypt(text, key)).toBeNull();
		}),
	);
});
