import { lineWatch } from './lineWatch';

/** How much of an answer is read. */
export interface Measure {
	/** No more than this, after it is unpacked. */
	readonly maxBytes: number;
	/** No further than the line for which this is true. */
	readonly isLastLine?: (line: string) => boolean;
}

export interface ReadBody {
	readonly body: Buffer;
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
	return cut(Buffer.concat(chunks), measure);
}

function cut(bytes: Buffer, { maxBytes }: Measure): ReadBody {
	return { body: bytes.subarray(0, maxBytes), isCut: bytes.length > maxBytes };
}
