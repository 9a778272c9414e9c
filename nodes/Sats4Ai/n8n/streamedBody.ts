import { lineWatch } from './lineWatch';

/** How much of an answer is read. */
export interface Measure {
	/** No more than this, after it is unpacked. */
	readonly maxBytes: number;
	/** No further than the line for which this is true. */
	readonly isLastLine?: (line: string) => boolean;
	/** As in `HttpRequest`. */
	readonly inPieces?: boolean;
}

/** Less is joined faster than looked at in pieces. */
const LONG_BYTES = 2 * 1024 * 1024;
/** So much of a long body tells whether it is a picture. */
const BEGINNING_BYTES = 4_096;

export interface ReadBody {
	readonly body: Buffer;
	/** As in `HttpAnswer`. */
	readonly pieces?: readonly Buffer[];
	/** Whether there was more than `maxBytes`. */
	readonly isCut: boolean;
}

/**
 * The body of an answer of n8n's request helper, read as it comes: unpacked piece by piece, so that
 * a small answer that unpacks to a large one is left as soon as it is too long. Rejects where the
 * connection breaks, or where `signal` says that it is enough.
 */
export async function readBody(
	body: unknown,
	measure: Measure,
	signal: AbortSignal,
): Promise<ReadBody> {
	if (isReadable(body)) return await readStream(body, measure, signal);
	return cut(bytesOf(body), measure);
}

/** Hangs up on an answer whose body nobody is going to read. */
export function leave(body: unknown): void {
	if (isReadable(body)) body.destroy();
}

/** Without a stream, in tests of n8n's own and in its mocks, the body is there already. */
function bytesOf(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	if (body instanceof ArrayBuffer) return Buffer.from(body);
	return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
}

type Readable = AsyncIterable<Buffer> & { destroy(error?: Error): void };

function isReadable(body: unknown): body is Readable {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

async function readStream(
	stream: Readable,
	measure: Measure,
	signal: AbortSignal,
): Promise<ReadBody> {
	const hangUp = () => stream.destroy(new Error('no answer in time'));
	if (signal.aborted) hangUp();
	signal.addEventListener('abort', hangUp);
	const chunks: Buffer[] = [];
	let length = 0;
	const hasLastLine = lineWatch(measure.isLastLine);
	try {
		for await (const chunk of stream) {
			chunks.push(chunk);
			length += chunk.length;
			if (length > measure.maxBytes) break;
			if (hasLastLine?.(chunk) === true) break;
		}
	} finally {
		signal.removeEventListener('abort', hangUp);
	}
	if (length > LONG_BYTES && measure.inPieces === true) {
		const body = beginning(chunks);
		return length > measure.maxBytes
			? { body, isCut: true }
			: { body, pieces: chunks, isCut: false };
	}
	return cut(Buffer.concat(chunks), measure);
}

function beginning(chunks: readonly Buffer[]): Buffer {
	const parts: Buffer[] = [];
	for (let index = 0, length = 0; length < BEGINNING_BYTES && index < chunks.length; index += 1) {
		const part = (chunks[index] ?? Buffer.alloc(0)).subarray(0, BEGINNING_BYTES - length);
		parts.push(part);
		length += part.length;
	}
	return Buffer.concat(parts);
}

function cut(bytes: Buffer, { maxBytes }: Measure): ReadBody {
	return { body: bytes.subarray(0, maxBytes), isCut: bytes.length > maxBytes };
}
