import { createHash, webcrypto } from 'node:crypto';

/**
 * A multiple of 3, so that chunks of base64 join without padding; and small enough for V8 to keep
 * their texts among its young objects: larger ones cost eight times the time.
 */
const CHUNK_BYTES = 3 * 16 * 1024;

/**
 * Encodes a JSON body with the picture as base64 in its `image` key, straight into the one buffer
 * that is sent twice: a string of a whole large picture never exists.
 */
export function encodeBody(
	body: Readonly<Record<string, unknown>>,
	image: Buffer | undefined,
): Buffer {
	const json = JSON.stringify(body);
	if (image === undefined) return Buffer.from(json);
	const isEmpty = Object.keys(body).length === 0;
	const head = Buffer.from(`${json.slice(0, -1)}${isEmpty ? '' : ','}"image":"`);
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
 * What tells one order from another: its URL, the JSON of its body, and the picture in it. 64 hex
 * digits. A large picture takes dozens of milliseconds, so it is hashed beside the event loop:
 * other items go on meanwhile, and so does this one until it needs its digest.
 */
export async function orderDigest(
	url: string,
	body: Readonly<Record<string, unknown>>,
	image: Buffer | undefined,
): Promise<string> {
	const hash = createHash('sha256').update(`${url}\n${JSON.stringify(body)}\n`);
	if (image !== undefined) {
		hash.update(Buffer.from(await webcrypto.subtle.digest('SHA-256', image)));
	}
	return hash.digest('hex');
}
