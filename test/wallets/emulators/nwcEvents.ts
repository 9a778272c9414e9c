import { createHash, randomBytes } from 'node:crypto';
import { schnorr } from '@noble/curves/secp256k1.js';

export interface Event {
	readonly id: string;
	readonly pubkey: string;
	readonly kind: number;
	readonly created_at: number;
	readonly tags: string[][];
	readonly content: string;
	readonly sig: string;
}

/** By secret: each takes milliseconds, and an emulator needs its own for each answer. */
const publicKeys = new Map<string, string>();

export function publicKey(secret: Buffer): string {
	const name = secret.toString('hex');
	const known = publicKeys.get(name) ?? Buffer.from(schnorr.getPublicKey(secret)).toString('hex');
	publicKeys.set(name, known);
	return known;
}

export function signed(
	secret: Buffer,
	kind: number,
	tags: string[][],
	content: string,
	created_at = Math.floor(Date.now() / 1000),
): Event {
	const event = { pubkey: publicKey(secret), created_at, kind, tags, content };
	const id = idOf(event);
	const sig = schnorr.sign(Buffer.from(id, 'hex'), secret, randomBytes(32));
	return { ...event, id, sig: Buffer.from(sig).toString('hex') };
}

/** Signed by nobody, and well formed in every other way. */
export function forged(event: Event, number: number): Event {
	const changed = { ...event, created_at: event.created_at + number };
	return { ...changed, id: idOf(changed), sig: randomBytes(64).toString('hex') };
}

export function verify(event: Event): boolean {
	const bytes = (hex: string) => Buffer.from(hex, 'hex');
	const isSigned = schnorr.verify(bytes(event.sig), bytes(event.id), bytes(event.pubkey));
	return idOf(event) === event.id && isSigned;
}

function idOf({ pubkey, created_at, kind, tags, content }: Omit<Event, 'id' | 'sig'>): string {
	const text = JSON.stringify([0, pubkey, created_at, kind, tags, content]);
	return createHash('sha256').update(text).digest('hex');
}
