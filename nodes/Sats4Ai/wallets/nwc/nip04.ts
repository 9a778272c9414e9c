import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * NIP-04: AES-256-CBC with the x coordinate of the shared point as key, without authentication.
 * Only for wallets that offer nothing newer; the event's signature vouches for what arrives.
 */

export function encrypt(plaintext: string, sharedX: Buffer, iv: Buffer = randomBytes(16)): string {
	const cipher = createCipheriv('aes-256-cbc', sharedX, iv);
	const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
	return `${ciphertext.toString('base64')}?iv=${iv.toString('base64')}`;
}

/** The text of a payload, or null where it is none. */
export function decrypt(payload: string, sharedX: Buffer): string | null {
	const parts = /^([A-Za-z0-9+/]+={0,2})\?iv=([A-Za-z0-9+/]{22}==)$/.exec(payload);
	if (parts?.[1] === undefined || parts[2] === undefined) return null;
	const ciphertext = Buffer.from(parts[1], 'base64');
	try {
		const decipher = createDecipheriv('aes-256-cbc', sharedX, Buffer.from(parts[2], 'base64'));
		return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}
