import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Field types of the binary version 2 format (go-macaroon, libmacaroons). */
const EOS = 0;
const LOCATION = 1;
const IDENTIFIER = 2;
const SIGNATURE = 6;
const VERSION = 2;

/** What a macaroon says, whether or not its signature is right. */
export interface Macaroon {
	readonly location: string;
	readonly identifier: Buffer;
	readonly caveats: readonly string[];
	readonly signature: Buffer;
}

function hmac(key: Buffer | string, text: Buffer | string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}

/** Every caveat is chained onto the signature before it, so that none can be taken away. */
function sign(rootKey: Buffer, identifier: Buffer, caveats: readonly string[]): Buffer {
	const derivedKey = hmac('macaroons-key-generator', rootKey);
	return caveats.reduce(
		(signature, caveat) => hmac(signature, caveat),
		hmac(derivedKey, identifier),
	);
}

function varint(value: number): Buffer {
	const bytes: number[] = [];
	let rest = value;
	for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
	bytes.push(rest);
	return Buffer.from(bytes);
}

function field(type: number, content: Buffer | string): Buffer {
	const bytes = Buffer.from(content);
	return Buffer.concat([Buffer.of(type), varint(bytes.length), bytes]);
}

/** L402 identifier version 0: u16 version, payment hash, token id; 66 bytes. */
export function identifierFor(paymentHash: string): Buffer {
	return Buffer.concat([Buffer.of(0, 0), Buffer.from(paymentHash, 'hex'), randomBytes(32)]);
}

/** The payment hash an identifier commits to, as hex; null for any other identifier. */
export function paymentHashOf(identifier: Buffer): string | null {
	if (identifier.length !== 66 || identifier.readUInt16BE(0) !== 0) return null;
	return identifier.subarray(2, 34).toString('hex');
}

/** A signed macaroon, version 2 binary, in standard base64 with padding. */
export function mintMacaroon(rootKey: Buffer, paymentHash: string, caveats: readonly string[]) {
	const identifier = identifierFor(paymentHash);
	const bytes = Buffer.concat([
		Buffer.of(VERSION),
		field(LOCATION, 'sats4ai-sandbox'),
		field(IDENTIFIER, identifier),
		Buffer.of(EOS),
		...caveats.map((caveat) => Buffer.concat([field(IDENTIFIER, caveat), Buffer.of(EOS)])),
		Buffer.of(EOS),
		field(SIGNATURE, sign(rootKey, identifier, caveats)),
	]);
	return bytes.toString('base64');
}

class FieldReader {
	#at = 0;
	constructor(private readonly bytes: Buffer) {}

	byte(): number | null {
		const value = this.bytes[this.#at];
		if (value === undefined) return null;
		this.#at += 1;
		return value;
	}

	/** The content of the next field if it has this type; null, and nothing consumed, if not. */
	field(type: number): Buffer | null {
		if (this.bytes[this.#at] !== type) return null;
		this.#at += 1;
		let length = 0;
		for (let shift = 0; shift < 28; shift += 7) {
			const byte = this.byte();
			if (byte === null) return null;
			length |= (byte & 0x7f) << shift;
			if (byte < 0x80) break;
		}
		const content = this.bytes.subarray(this.#at, this.#at + length);
		if (content.length !== length) return null;
		this.#at += length;
		return content;
	}

	get atEnd(): boolean {
		return this.#at === this.bytes.length;
	}
}

/** Reads a macaroon with first-party caveats; null for anything else. */
export function readMacaroon(token: string): Macaroon | null {
	if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(token)) return null;
	const reader = new FieldReader(Buffer.from(token, 'base64'));
	if (reader.byte() !== VERSION) return null;
	const location = reader.field(LOCATION)?.toString('utf8') ?? '';
	const identifier = reader.field(IDENTIFIER);
	if (identifier === null || reader.byte() !== EOS) return null;
	const caveats: string[] = [];
	for (let caveat = reader.field(IDENTIFIER); caveat !== null; caveat = reader.field(IDENTIFIER)) {
		if (reader.byte() !== EOS) return null;
		caveats.push(caveat.toString('utf8'));
	}
	if (reader.byte() !== EOS) return null;
	const signature = reader.field(SIGNATURE);
	if (signature === null || signature.length !== 32 || !reader.atEnd) return null;
	return { location, identifier, caveats, signature };
}

export function isSignedBy(macaroon: Macaroon, rootKey: Buffer): boolean {
	return timingSafeEqual(macaroon.signature, sign(rootKey, macaroon.identifier, macaroon.caveats));
}
