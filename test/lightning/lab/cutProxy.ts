import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as tlsConnect, createServer as createTlsServer } from 'node:tls';
import type { Lnd } from './lnd';

/** A line to a wallet that can be cut. */
export interface CutProxy {
	/** The wallet's URL as seen through the proxy. */
	readonly url: string;
	/** Cut, a POST still reaches the wallet, and the line breaks when the answer to it begins. */
	setCut(isCut: boolean): void;
	stop(): Promise<void>;
}

/** Certificate and key of a node; both self-signed and made for 127.0.0.1. */
export interface Identity {
	readonly cert: string;
	readonly key: string;
}

export function identityOf(node: Lnd): Identity {
	return { cert: node.certificate, key: readFileSync(join(node.folder, 'tls.key'), 'utf8') };
}

/** `identity` is shown to clients; without one, the proxy speaks plain HTTP. */
export async function startCutProxy(walletUrl: string, identity?: Identity): Promise<CutProxy> {
	const { protocol, hostname, port: portText } = new URL(walletUrl);
	const port = Number(portText);
	const sockets = new Set<Socket>();
	let isCut = false;
	const answer = (client: Socket) => {
		const wallet =
			protocol === 'https:'
				? tlsConnect({ host: hostname, port, ca: identity?.cert ?? '' })
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
			if (/^(GET|POST) /.test(bytes.toString('latin1', 0, 5))) isPost = bytes[0] === 0x50;
			wallet.write(bytes);
		});
		wallet.on('data', (bytes: Buffer) => {
			if (isCut && isPost) client.destroy();
			else client.write(bytes);
		});
	};
	const server: Server =
		identity === undefined ? createServer(answer) : createTlsServer({ ...identity }, answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port: taken } = server.address() as AddressInfo;
	return {
		url: `${identity === undefined ? 'http' : 'https'}://127.0.0.1:${taken}`,
		setCut: (wanted) => {
			isCut = wanted;
		},
		stop: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
