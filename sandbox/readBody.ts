import type { IncomingMessage } from 'node:http';

/** The whole body; null where it is longer than the limit, or the client hung up before its end. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
	return await new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let length = 0;
		request.on('data', (chunk: Buffer) => {
			length += chunk.length;
			if (length <= maxBytes) chunks.push(chunk);
		});
		request.on('end', () => resolve(length <= maxBytes ? Buffer.concat(chunks) : null));
		request.on('error', () => resolve(null));
		request.on('close', () => resolve(null));
	});
}
