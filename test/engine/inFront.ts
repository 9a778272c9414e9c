import { once } from 'node:events';
import {
	createServer,
	request as send,
	type IncomingHttpHeaders,
	type OutgoingHttpHeaders,
	type ServerResponse,
	type IncomingMessage,
} from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** A request and what the server behind has answered to it. */
export interface Passed {
	readonly method: string;
	readonly path: string;
	readonly hasProof: boolean;
	readonly body: Buffer;
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
}

/** What is answered instead: a body, or somebody who writes it as long as he likes. */
export interface Instead {
	readonly status: number;
	readonly headers?: OutgoingHttpHeaders;
	readonly body: Buffer | string | ((response: ServerResponse) => void);
}

export interface InFront {
	readonly url: string;
	/** Sockets that are open at this moment. */
	openSockets(): number;
	close(): Promise<void>;
}

/** A server that passes all on to another one, and answers some of it in its own way. */
export async function standInFront(
	behindUrl: string,
	instead: (passed: Passed) => Instead | undefined,
): Promise<InFront> {
	let open = 0;
	const pass = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
		response.on('error', () => response.destroy());
		const body = await buffer(incoming);
		const { host: _, ...headers } = incoming.headers;
		const method = incoming.method ?? 'GET';
		const path = incoming.url ?? '/';
		// A proxy is asked for whole addresses.
		const passing = send(new URL(path.replace(/^http:\/\/[^/]+/, ''), behindUrl), {
			method,
			headers,
		});
		passing.end(body);
		const [answer] = (await once(passing, 'response')) as [IncomingMessage];
		const bytes = await buffer(answer);
		const status = answer.statusCode ?? 0;
		const hasProof = incoming.headers.authorization !== undefined;
		const other = instead({ method, path, hasProof, body, status, headers: answer.headers });
		if (other === undefined) {
			response.writeHead(status, answer.headers).end(bytes);
			return;
		}
		response.writeHead(other.status, other.headers);
		if (typeof other.body === 'function') other.body(response);
		else response.end(other.body);
	};
	const server = createServer((incoming, response) => void pass(incoming, response));
	server.on('connection', (socket) => {
		open += 1;
		socket.on('error', () => socket.destroy()).on('close', () => (open -= 1));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		openSockets: () => open,
		close: async () => {
			server.closeAllConnections();
			await once(server.close(), 'close');
		},
	};
}

/** Writes the same piece until the other side hangs up; tells how many bytes it has taken. */
export function endless(
	piece: Buffer,
	sent: { bytes: number },
): (response: ServerResponse) => void {
	return (response) => {
		const more = () => {
			while (!response.destroyed) {
				sent.bytes += piece.length;
				if (!response.write(piece)) {
					response.once('drain', more);
					return;
				}
			}
		};
		more();
	};
}
