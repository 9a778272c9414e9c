import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request at one of the stand-ins, read to its end. */
export interface OutsideRequest {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingMessage['headers'];
	readonly body: Buffer;
}

export interface OutsideAnswer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Bytes as they are, anything else as JSON. */
	readonly body: unknown;
}

/** Answers what comes to one host. */
export type Host = (request: IncomingMessage, response: ServerResponse) => void;

/** A host that reads the whole request before it answers. */
export function hostThatReads(
	answer: (request: OutsideRequest) => OutsideAnswer | Promise<OutsideAnswer>,
): Host {
	return (request, response) => {
		read(request)
			.then(answer)
			.catch((cause: unknown): OutsideAnswer => ({ status: 500, body: String(cause) }))
			.then(({ status, headers, body }) => {
				const isBytes = Buffer.isBuffer(body);
				response.writeHead(status, {
					...(isBytes ? {} : { 'content-type': 'application/json' }),
					...headers,
				});
				response.end(isBytes ? body : JSON.stringify(body));
			})
			.catch((cause: unknown) => response.destroy(cause as Error));
	};
}

async function read(request: IncomingMessage): Promise<OutsideRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const url = new URL(request.url ?? '/', 'https://localhost');
	return {
		method: request.method ?? 'GET',
		path: url.pathname,
		query: url.searchParams,
		headers: request.headers,
		body: Buffer.concat(chunks),
	};
}
