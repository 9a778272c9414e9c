import { createHash, randomBytes } from 'node:crypto';
import { asArray, asText, isObject } from '../json';
import { signSchnorr, verifySchnorr } from './schnorr';

/** A Nostr event (NIP-01). */
export interface NostrEvent {
	/** sha256 of the canonical text, 64 hex digits. */
	readonly id: string;
	/** x-only public key of the author, 64 hex digits. */
	readonly pubkey: string;
	/** Seconds since 1970. */
	readonly created_at: number;
	readonly kind: number;
	readonly tags: ReadonlyArray<readonly string[]>;
	readonly content: string;
	/** BIP-340 signature of the id, 128 hex digits. */
	readonly sig: string;
}

export type UnsignedEvent = Pick<NostrEvent, 'created_at' | 'kind' | 'tags' | 'content'>;

export function signEvent(unsigned: UnsignedEvent, secretKey: Buffer, pubkey: string): NostrEvent {
	const { created_at, kind, tags, content } = unsigned;
	const id = eventId({ ...unsigned, pubkey });
	const sig = signSchnorr(Buffer.from(id, 'hex'), secretKey, randomBytes(32));
	return { id, pubkey, created_at, kind, tags, content, sig: Buffer.from(sig).toString('hex') };
}

/** The event, if it is one, its id is its own and `author` signed it; null otherwise. */
export function readEvent(value: unknown, author: string): NostrEvent | null {
	if (!isObject(value) || value.pubkey !== author) return null;
	const { id, kind, created_at, content, sig } = value;
	const tags = asArray(value.tags).map((tag) => asArray(tag).map(asText));
	if (typeof kind !== 'number' || typeof created_at !== 'number') return null;
	if (typeof content !== 'string' || typeof id !== 'string' || typeof sig !== 'string') return null;
	const event = { id, pubkey: author, created_at, kind, tags, content, sig };
	return eventId(event) === id && isSigned(event) ? event : null;
}

/** The value of the first tag of this name; undefined where there is none. */
export function tagValue(event: NostrEvent, name: string): string | undefined {
	return event.tags.find((tag) => tag[0] === name)?.[1];
}

function eventId(event: UnsignedEvent & { readonly pubkey: string }): string {
	const { pubkey, created_at, kind, tags, content } = event;
	const canonical = JSON.stringify([0, pubkey, created_at, kind, tags, content]);
	return createHash('sha256').update(canonical, 'utf8').digest('hex');
}

function isSigned({ id, pubkey, sig }: NostrEvent): boolean {
	if (!/^[0-9a-f]{128}$/i.test(sig)) return false;
	const bytes = (hex: string) => Buffer.from(hex, 'hex');
	try {
		return verifySchnorr(bytes(sig), bytes(id), bytes(pubkey));
	} catch {
		return false;
	}
}
