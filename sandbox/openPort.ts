import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface OpenPort {
	/** `http://host:port`, no slash at the end. */
	readonly url: string;
	/** Ends every connection, also those that hang on purpose. */
	close(): Promise<void>;
}

/** Listens and answers. A handler that throws is a bug of the sandbox: it answers 500 and says so. */
export async function openPort(host: string, port: number, answer: Answer): Promise<OpenPort> {
	const server = createServer((request, response) => {
		answer(request, response).catch((cause: unknown) => {
			const stack = cause instanceof Error ? cause.stack : String(cause);
			process.stderr.write(`sandbox: ${request.method} ${request.url}: ${stack}\n`);
			if (response.headersSent) response.destroy();
			else response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox bug: ${stack}`);
		});
	});
	// Clients keep connections alive; a server that hangs up first would reset one of their requests.
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	const { port: taken } = server.address() as AddressInfo;
	return {
		url: `http://${host}:${taken}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
