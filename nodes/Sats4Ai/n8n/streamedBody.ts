import type { HttpRequest } from '../l402/http';

/** Whether the body is read here as it comes. */
export function isStreamed({ firstLineOnly, maxBytes }: HttpRequest): boolean {
	return firstLineOnly === true || maxBytes !== undefined;
}

/**
 * The body of an answer of n8n's request helper, in whichever form it comes: of a stream the first
 * line, or all of it where `maxBytes` is given, and null where there is more of it than that.
 */
export async function bodyOf(
	body: unknown,
	maxBytes: number | undefined,
	abortSignal: AbortSignal,
): Promise<Buffer | null> {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	if (isReadable(body)) {
		return maxBytes === undefined
			? await firstLine(body, abortSignal)
			: await atMost(maxBytes, body, abortSignal);
	}
	return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
}

type Readable = AsyncIterable<Buffer> & { destroy(error?: Error): void };

function isReadable(body: unknown): body is Readable {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Reads a stream up to its first line break and hangs up. */
async function firstLine(stream: Readable, abortSignal: AbortSignal): Promise<Buffer> {
	return await readUntil((chunk) => chunk.includes(0x0a), stream, abortSignal);
}

/** Reads a stream to its end; hangs up, and gives null, where that is farther than `maxBytes`. */
async function atMost(
	maxBytes: number,
	stream: Readable,
	abortSignal: AbortSignal,
): Promise<Buffer | null> {
	let length = 0;
	const isTooLong = (chunk: Buffer) => (length += chunk.length) > maxBytes;
	const body = await readUntil(isTooLong, stream, abortSignal);
	return length > maxBytes ? null : body;
}

async function readUntil(
	isEnough: (chunk: Buffer) => boolean,
	stream: Readable,
	abortSignal: AbortSignal,
): Promise<Buffer> {
	const hangUp = () => stream.destroy(new Error('no answer in time'));
	abortSignal.addEventListener('abort', hangUp, { once: true });
	const chunks: Buffer[] = [];
	for await (const chunk of stream) {
		chunks.push(chunk);
		if (isEnough(chunk)) break;
	}
	abortSignal.removeEventListener('abort', hangUp);
	return Buffer.concat(chunks);
}
