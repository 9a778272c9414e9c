import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Received {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingMessage['headers'];
	readonly body: string;
}

export interface Reply {
	readonly status: number;
	readonly body: string;
	readonly type?: string;
	/** Resolves when the answer may end; until then the connection stays open. */
	readonly openUntil?: Promise<void>;
}

/** What goes wrong on the way, whatever the wallet does. */
export type Fault =
	| 'none'
	/** The wallet acts, and the connection dies before its answer. */
	| 'cut'
	/** The wallet acts, and something in front answers in its place. */
	| 'oddBody'
	| 'badGateway'
	| 'slow'
	/** Something in front sends the client elsewhere; the wallet sees nothing. */
	| 'redirect';

export type Answer = (request: Received) => Promise<Reply> | Reply;

/** An HTTP server on the loopback that answers as a wallet would, and breaks on demand. */
export class WalletServer {
	fault: Fault = 'none';
	/** Where `redirect` points. */
	elsewhere = '';
	/** Answers every request, where it is there. */
	instead: Reply | undefined;
	readonly received: Received[] = [];

	private constructor(
		private readonly server: ReturnType<typeof createPlain>,
		private readonly scheme: string,
		private readonly answer: Answer,
		private readonly pays: (request: Received) => boolean,
	) {}

	static async start(
		answer: Answer,
		pays: (request: Received) => boolean,
		tls?: { key: string; cert: string },
	): Promise<WalletServer> {
		const server = tls === undefined ? createPlain() : createTls(tls);
		const wallet = new WalletServer(server, tls === undefined ? 'http' : 'https', answer, pays);
		server.on('request', (request: IncomingMessage, response: ServerResponse) => {
			wallet.serve(request, response).catch((defect) => response.destroy(defect));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return wallet;
	}

	get url(): string {
		return `${this.scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const received: Received = {
			method: request.method ?? '',
			path: request.url ?? '',
			headers: request.headers,
			body: Buffer.concat(chunks).toString('utf8'),
		};
		this.received.push(received);
		if (this.fault === 'redirect') {
			response.writeHead(307, { location: `${this.elsewhere}${received.path}` }).end();
			return;
		}
		const isHit = this.pays(received);
		const reply = this.instead ?? (await this.answer(received));
		if (isHit && this.fault === 'cut') {
			response.destroy();
			return;
		}
		if (isHit && this.fault === 'slow') await new Promise((resolve) => setTimeout(resolve, 150));
		if (isHit && this.fault === 'oddBody') return html(response, 200, 'It works!');
		if (isHit && this.fault === 'badGateway') return html(response, 502, '502 Bad Gateway');
		response.writeHead(reply.status, { 'content-type': reply.type ?? 'application/json' });
		response.write(reply.body);
		if (reply.openUntil !== undefined) await reply.openUntil;
		response.end();
	}
}

function html(response: ServerResponse, status: number, title: string): void {
	response.writeHead(status, { 'content-type': 'text/html' });
	response.end(`<html><head><title>${title}</title></head><body>${title}</body></html>\n`);
}

export function json(status: number, body: unknown): Reply {
	return { status, body: JSON.stringify(body) };
}
