import { createCipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * NIP-44 version 2: secp256k1 ECDH, HKDF, padding, ChaCha20, HMAC-SHA256, base64.
 * Measured against all official vectors (`test/vectors/nip44.json`).
 */

const VERSION = 2;
const NONCE_BYTES = 32;
const MAC_BYTES = 32;
const SHORTEST_PADDED = 32;
const LONGEST_PLAINTEXT = 65_535;
/** Version, nonce, length prefix with the shortest padding, MAC. */
const SHORTEST_PAYLOAD = 1 + NONCE_BYTES + 2 + SHORTEST_PADDED + MAC_BYTES;

/** The key of a pair of people, from the x coordinate of their shared point. */
export function conversationKey(sharedX: Buffer): Buffer {
	return hmac(Buffer.from('nip44-v2'), sharedX);
}

/** The payload for a text of 1 to 65535 bytes; null for any other. The nonce is for tests alone. */
export function encrypt(
	plaintext: string,
	conversation: Buffer,
	nonce: Buffer = randomBytes(NONCE_BYTES),
): string | null {
	const text = Buffer.from(plaintext, 'utf8');
	if (text.length < 1 || text.length > LONGEST_PLAINTEXT) return null;
	const padded = Buffer.alloc(2 + paddedLength(text.length));
	padded.writeUInt16BE(text.length);
	text.copy(padded, 2);
	const keys = messageKeys(conversation, nonce);
	const ciphertext = chacha20(keys, padded);
	const mac = hmac(keys.macKey, Buffer.concat([nonce, ciphertext]));
	return Buffer.concat([Buffer.from([VERSION]), nonce, ciphertext, mac]).toString('base64');
}

/** The text of a payload; null where it is no version 2, was changed, or is badly padded. */
export function decrypt(payload: string, conversation: Buffer): string | null {
	const bytes = Buffer.from(payload, 'base64');
	// Node skips what is not base64; a payload that does not come out the same was none.
	if (bytes.toString('base64') !== payload) return null;
	if (bytes.length < SHORTEST_PAYLOAD || bytes[0] !== VERSION) return null;
	const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
	const ciphertext = bytes.subarray(1 + NONCE_BYTES, -MAC_BYTES);
	const keys = messageKeys(conversation, nonce);
	const mac = hmac(keys.macKey, Buffer.concat([nonce, ciphertext]));
	if (!timingSafeEqual(mac, bytes.subarray(-MAC_BYTES))) return null;
	return unpad(chacha20(keys, ciphertext));
}

function unpad(padded: Buffer): string | null {
	const length = padded.readUInt16BE();
	if (length < 1 || padded.length !== 2 + paddedLength(length)) return null;
	return padded.subarray(2, 2 + length).toString('utf8');
}

/** Length with padding: in steps of an eighth of the next power of two, of at least 32 bytes. */
export function paddedLength(length: number): number {
	if (length <= SHORTEST_PADDED) return SHORTEST_PADDED;
	const nextPower = 2 ** (Math.floor(Math.log2(length - 1)) + 1);
	const step = nextPower <= 256 ? 32 : nextPower / 8;
	return step * (Math.floor((length - 1) / step) + 1);
}

interface MessageKeys {
	readonly chachaKey: Buffer;
	readonly chachaNonce: Buffer;
	readonly macKey: Buffer;
}

/** HKDF-expand (RFC 5869) of the conversation key with the nonce as info: 76 bytes. */
export function messageKeys(conversation: Buffer, nonce: Buffer): MessageKeys {
	const first = hmac(conversation, Buffer.concat([nonce, Buffer.from([1])]));
	const second = hmac(conversation, Buffer.concat([first, nonce, Buffer.from([2])]));
	const third = hmac(conversation, Buffer.concat([second, nonce, Buffer.from([3])]));
	const okm = Buffer.concat([first, second, third]);
	return {
		chachaKey: okm.subarray(0, 32),
		chachaNonce: okm.subarray(32, 44),
		macKey: okm.subarray(44, 76),
	};
}

/** RFC 8439 with counter 0; OpenSSL wants the counter in front of the nonce. */
function chacha20({ chachaKey, chachaNonce }: MessageKeys, data: Buffer): Buffer {
	const iv = Buffer.concat([Buffer.alloc(4), chachaNonce]);
	const cipher = createCipheriv('chacha20', chachaKey, iv);
	return Buffer.concat([cipher.update(data), cipher.final()]);
}

function hmac(key: Buffer, data: Buffer): Buffer {
	return createHmac('sha256', key).update(data).digest();
}
