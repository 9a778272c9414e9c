import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect, createServer as createTlsServer } from 'node:tls';
import type { Lnd } from './lnd';

/** A line to a wallet that can be cut. */
export interface CutProxy {
	/** The wallet's URL as seen through the proxy. */
	readonly url: string;
	/** The next payment still reaches the wallet; when the answer to it begins, the line breaks. */
	cutNext(): void;
	/** How often it has been cut. */
	readonly cuts: number;
	stop(): Promise<void>;
}

/** A self-signed certificate for 127.0.0.1, and its key. */
export interface Identity {
	readonly cert: string;
	readonly key: string;
}

export interface ProxyTrust {
	/** Shown to clients; without it, the proxy speaks in the clear. */
	readonly identity?: Identity;
	/** The wallet's own certificate. */
	readonly walletCertificate?: string;
}

export function identityOf(node: Lnd): Identity {
	return { cert: node.certificate, key: readFileSync(join(node.folder, 'tls.key'), 'utf8') };
}

/** Over HTTP, payments are what is posted. A relay acknowledges each request with an `OK` first. */
const RELAY_OK = '["OK"';

export async function startCutProxy(
	walletUrl: string,
	{ identity, walletCertificate }: ProxyTrust = {},
): Promise<CutProxy> {
	const { protocol, hostname, port: portText } = new URL(walletUrl);
	const sockets = new Set<Socket>();
	let cutsPlanned = 0;
	let cuts = 0;
	const answer = (client: Socket) => {
		const port = Number(portText);
		const wallet =
			protocol === 'https:'
				? tlsConnect({ host: hostname, port, ca: walletCertificate ?? '' })
				: connect(port, hostname);
		const pair = [client, wallet];
		for (const socket of pair) {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.once('close', () => {
				sockets.delete(socket);
				for (const other of pair) other.destroy();
			});
		}
		let isPost = false;
		client.on('data', (bytes: Buffer) => {
			const start = bytes.toString('latin1', 0, 5);
			if (/^(GET|POST) /.test(start)) isPost = start.startsWith('POST');
			wallet.write(bytes);
		});
		wallet.on('data', (bytes: Buffer) => {
			if (cutsPlanned > 0 && (isPost || bytes.includes(RELAY_OK))) {
				cutsPlanned -= 1;
				cuts += 1;
				client.destroy();
			} else client.write(bytes);
		});
	};
	const server: Server =
		identity === undefined ? createServer(answer) : createTlsServer({ ...identity }, answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port: taken } = server.address() as AddressInfo;
	const isWebSocket = protocol.startsWith('ws');
	const plain = isWebSocket ? 'ws' : 'http';
	const scheme = identity === undefined ? plain : `${plain}s`;
	return {
		url: `${scheme}://127.0.0.1:${taken}`,
		cutNext: () => {
			cutsPlanned = 1;
		},
		get cuts() {
			return cuts;
		},
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
