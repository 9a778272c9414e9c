import { createHash } from 'node:crypto';
import type { OpenBody, StreamedBody } from '../../l402/http';

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
	readonly body: Buffer | BodyOfFile;
	/** `orderDigest` */
	readonly digest: string;
	readonly itemIndex: number;
	/** Asks the service not to answer from its cache. */
	readonly skipDedup: boolean;
}

/** A picture in a file that nobody changes, read again at need instead of being held. */
export interface PictureFile {
	/** In bytes. */
	readonly length: number;
	/** Rejects where the file is gone. */
	read(): Promise<Buffer>;
	/** What `made` makes of the file as it is read. Rejects where the file is gone. */
	open(made: (file: AsyncIterable<Buffer>) => AsyncIterable<Buffer>): Promise<OpenBody>;
}

/** A body whose picture is in a file: encoded as it is sent, the very same bytes each time. */
export class BodyOfFile implements StreamedBody {
	readonly length: number;
	private readonly head: Buffer;

	constructor(
		json: string,
		readonly file: PictureFile,
	) {
		this.head = headOf(json);
		this.length = this.head.length + base64Length(file) + TAIL.length;
	}

	async open(): Promise<OpenBody> {
		return await this.file.open((pieces) => this.encoded(pieces));
	}

	/** Throws where the file is not as long as it was: the body is not sent whole then, and means nothing. */
	private async *encoded(file: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		yield this.head;
		let rest: Buffer = Buffer.alloc(0);
		let read = 0;
		for await (const piece of file) {
			read += piece.length;
			if (read > this.file.length) throw changed();
			const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
			const whole = bytes.length - (bytes.length % 3);
			rest = bytes.subarray(whole);
			const encoded = Buffer.allocUnsafe((4 * whole) / 3);
			writeBase64(bytes.subarray(0, whole), encoded, 0);
			yield encoded;
		}
		if (read < this.file.length) throw changed();
		yield Buffer.concat([Buffer.from(rest.toString('base64'), 'latin1'), TAIL]);
	}
}

/**
 * A multiple of 3, so that chunks of base64 join without padding. And small: V8 moves larger texts
 * out of its space for young objects, which takes eight times as long.
 */
const CHUNK_BYTES = 3 * 16 * 1024;
const TAIL = Buffer.from('"}');

/**
 * Encodes a body, the text of a JSON object, with the picture as base64 in its `image` key, straight
 * into the one buffer that is sent twice: a string of a whole large picture never exists.
 */
export function encodeBody(json: string, image: Buffer | undefined): Buffer {
	if (image === undefined) return Buffer.from(json);
	const head = headOf(json);
	const encoded = Buffer.allocUnsafe(head.length + base64Length(image) + TAIL.length);
	TAIL.copy(encoded, writeBase64(image, encoded, head.copy(encoded)));
	return encoded;
}

/** Answers where it ends. */
function writeBase64(bytes: Buffer, target: Buffer, begin: number): number {
	let at = begin;
	for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
		at += target.write(bytes.toString('base64', from, from + CHUNK_BYTES), at, 'latin1');
	}
	return at;
}

function changed(): Error {
	return new Error('The file with the picture has changed');
}

/** What stands before the picture. */
function headOf(json: string): Buffer {
	return Buffer.from(`${json.slice(0, -1)}${json === '{}' ? '' : ','}"image":"`);
}

function base64Length({ length }: { readonly length: number }): number {
	return 4 * Math.ceil(length / 3);
}

/**
 * What tells one order from another: its URL, and what its body is made of, which is a quarter less
 * to read than the body. 64 hex digits.
 */
export function orderDigest(url: string, json: string, image: Buffer | undefined): string {
	const hash = createHash('sha256').update(`${url}\n${json}\n`);
	return (image === undefined ? hash : hash.update(image)).digest('hex');
}
