import * as nip04 from './nip04';
import * as nip44 from './nip44';

/** Encryption between one connection and its wallet, in the one form the two agreed on. */
export interface Cipher {
	/** null where the text is too long for the form. */
	encrypt(plaintext: string): string | null;
	/** null where the payload is of another form, or was changed. */
	decrypt(payload: string): string | null;
	/** Tags of a request that tell the form (NIP-47). */
	readonly tags: ReadonlyArray<readonly string[]>;
}

export function cipherFor(encryption: 'nip04' | 'nip44_v2', sharedX: Buffer): Cipher {
	if (encryption === 'nip04') {
		return {
			encrypt: (plaintext) => nip04.encrypt(plaintext, sharedX),
			decrypt: (payload) => nip04.decrypt(payload, sharedX),
			tags: [],
		};
	}
	const key = nip44.conversationKey(sharedX);
	return {
		encrypt: (plaintext) => nip44.encrypt(plaintext, key),
		decrypt: (payload) => nip44.decrypt(payload, key),
		tags: [['encryption', 'nip44_v2']],
	};
}
