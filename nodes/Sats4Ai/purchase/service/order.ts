import { createHash } from 'node:crypto';

/** What was ordered, but for the picture. */
export interface OrderText {
	/** Absolute, by the endpoint's first name: part of the digest, whatever name is in use. */
	readonly url: string;
	/** The body without its picture: the text of a JSON object. */
	readonly json: string;
}

/** What is bought: one request, byte for byte the same whenever it is sent. */
export interface Order extends OrderText {
	readonly operation: string;
	/** The newer name of the endpoint, where it has one, in place of the last part of its URL. */
	readonly newerName?: string;
	/** It is sent to the newer name: its invoice came from there. */
	readonly isByNewerName?: true;
	readonly body: Buffer;
	/** `orderDigest` */
	readonly digest: string;
	readonly itemIndex: number;
	/** Asks the service not to answer from its cache. */
	readonly skipDedup: boolean;
}

/**
 * A multiple of 3, so that chunks of base64 join without padding. And small: V8 moves larger texts
 * out of its space for young objects, which takes eight times as long.
 */
const CHUNK_BYTES = 3 * 16 * 1024;

/**
 * Encodes a body, the text of a JSON object, with the picture as base64 in its `image` key, straight
 * into the one buffer that is sent twice: a string of a whole large picture never exists.
 */
export function encodeBody(json: string, image: Buffer | undefined): Buffer {
	if (image === undefined) return Buffer.from(json);
	const head = Buffer.from(`${json.slice(0, -1)}${json === '{}' ? '' : ','}"image":"`);
	const base64Length = 4 * Math.ceil(image.length / 3);
	const encoded = Buffer.allocUnsafe(head.length + base64Length + 2);
	let at = head.copy(encoded);
	for (let from = 0; from < image.length; from += CHUNK_BYTES) {
		const chunk = image.subarray(from, from + CHUNK_BYTES).toString('base64');
		at += encoded.write(chunk, at, 'latin1');
	}
	encoded.write('"}', at, 'latin1');
	return encoded;
}

/**
 * What tells one order from another: its URL, and what its body is made of, which is a quarter less
 * to read than the body. 64 hex digits.
 */
export function orderDigest(url: string, json: string, image: Buffer | undefined): string {
	const hash = createHash('sha256').update(`${url}\n${json}\n`);
	return (image === undefined ? hash : hash.update(image)).digest('hex');
}
