import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** What the credential form holds. */
export type Credential = ICredentialDataDecryptedObject;

/** A credential that cannot work: what is wrong with it, and what its user is told. */
export interface WrongCredential {
	readonly what: string;
	readonly credential: Credential;
	/** What the credential's test says. */
	readonly tested: RegExp;
	/** How a payment with it ends. */
	readonly pays: { readonly status: 'notSent' | 'unknown'; readonly reason: RegExp };
}

/** A credential whose address leads to something else than the wallet. */
export interface WrongPort {
	readonly what: string;
	readonly credential: Credential;
	/** What its user is told, by the test and by a purchase. */
	readonly says: RegExp;
}

/** A credential whose secret lacks a right. */
export interface Lacking {
	readonly what: string;
	readonly credential: Credential;
	/** What the credential's test says. */
	readonly tested: RegExp;
	/** What a purchase says; null where the wallet pays all the same. */
	readonly bought: RegExp | null;
}
