import { createServer as createProxy } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { selfSignedCertificate } from '../../wallets/emulators/certificate';
import type { Host } from './request';

/** An HTTP proxy behind which only some hosts are, and those are played on this machine. */
export interface Tunnel {
	/** For `HTTPS_PROXY`. */
	readonly proxyUrl: string;
	/** PEM, to be trusted. */
	readonly certificate: string;
	/** Hosts that were asked for and are not there. */
	readonly refused: readonly string[];
	close(): Promise<void>;
}

export async function openTunnel(hosts: ReadonlyMap<string, Host>): Promise<Tunnel> {
	const { key, cert } = selfSignedCertificate([...hosts.keys()]);
	const refused: string[] = [];
	const sockets = new Set<Socket>();
	const keep = (socket: Socket): void => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.once('close', () => sockets.delete(socket));
	};

	const tls = createTlsServer({ key, cert }, (request, response) => {
		const host = hosts.get(request.headers.host ?? '');
		if (host === undefined) response.writeHead(421).end();
		else host(request, response);
	});
	const tlsPort = await listen(tls);

	const proxy = createProxy((request, response) => {
		refused.push(request.url ?? '');
		response.writeHead(403).end();
	});
	proxy.on('connect', ({ url = '' }: { url?: string }, client: Socket, head: Buffer) => {
		keep(client);
		if (!url.endsWith(':443') || !hosts.has(url.slice(0, -':443'.length))) {
			refused.push(url);
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const inside = connect(tlsPort, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			inside.write(head);
			inside.pipe(client).pipe(inside);
		});
		keep(inside);
		inside.once('close', () => client.destroy());
		client.once('close', () => inside.destroy());
	});
	const proxyUrl = `http://127.0.0.1:${await listen(proxy)}`;

	return {
		proxyUrl,
		certificate: cert,
		refused,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			proxy.closeAllConnections();
			tls.closeAllConnections();
			await Promise.all([proxy, tls].map(async (server) => await closed(server)));
		},
	};
}

async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
	});
}
