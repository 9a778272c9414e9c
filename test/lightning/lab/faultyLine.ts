import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect as tlsConnect, createServer as createTlsServer } from 'node:tls';
import type { Lnd } from './lnd';

/** What happens to the answer of a payment that reaches the wallet. */
export type LineFault =
	/** The line breaks when the answer begins. */
	| 'cut'
	/** Something in front answers in the wallet's place, in words that mean nothing. HTTP only. */
	| 'oddBody'
	| 'badGateway'
	/** The answer takes two seconds more. */
	| 'slow';

/** A line to a wallet on which answers go wrong when told to. */
export interface FaultyLine {
	/** The wallet's URL as seen through the line. */
	readonly url: string;
	/** The next payment still reaches the wallet; its answer goes wrong. Other answers pass. */
	failNext(fault: LineFault): void;
	/** Nobody listens any more, and who was connected is not. */
	goDown(): Promise<void>;
	/** As before, at the same address. */
	comeBack(): Promise<void>;
	/** How often an answer has gone wrong. */
	readonly faults: number;
	stop(): Promise<void>;
}

/** A self-signed certificate for 127.0.0.1, and its key. */
export interface Identity {
	readonly cert: string;
	readonly key: string;
}

export interface LineTrust {
	/** Shown to clients; without it, the proxy speaks in the clear. */
	readonly identity?: Identity;
	/** The wallet's own certificate. */
	readonly walletCertificate?: string;
}

export function identityOf(node: Lnd): Identity {
	return { cert: node.certificate, key: readFileSync(join(node.folder, 'tls.key'), 'utf8') };
}

/** Requests that can pay, of any wallet: before its first one a wallet is asked whether it is there. */
const PAYS =
	/^POST (?:\/v2\/router\/send|\/api\/v1\/payments|\/v1\/xpay|\/v1\/pay|\/payinvoice) HTTP/;
const REQUEST = /^[A-Z]+ \/\S* HTTP/;
/** A relay acknowledges each request with an `OK` first. */
const RELAY_OK = '["OK"';
const SLOW_MS = 2_000;
const LONGEST_REQUEST_LINE = 8_192;

const page = (status: string): string => {
	const body = `<html><head><title>${status}</title></head><body>${status}</body></html>\n`;
	const headers = `content-type: text/html\r\ncontent-length: ${body.length}\r\nconnection: close`;
	return `HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`;
};
const PAGES = { oddBody: page('200 OK'), badGateway: page('502 Bad Gateway') } as const;

export async function startFaultyLine(
	walletUrl: string,
	{ identity, walletCertificate }: LineTrust = {},
): Promise<FaultyLine> {
	const { protocol, hostname, port: portText } = new URL(walletUrl);
	const sockets = new Set<Socket>();
	let planned: LineFault | null = null;
	let faults = 0;
	const answer = (client: Socket) => {
		const port = Number(portText);
		const wallet =
			protocol === 'https:'
				? tlsConnect({ host: hostname, port, ca: walletCertificate ?? '' })
				: connect(port, hostname);
		const pair = [client, wallet];
		/** Resolves once what the wallet says may pass. */
		let passing: Promise<void> = Promise.resolve();
		for (const socket of pair) {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
			socket.once('close', () => {
				sockets.delete(socket);
				void passing.then(() => {
					for (const other of pair) other.destroySoon();
				});
			});
		}
		let isPaying = false;
		client.on('data', (bytes: Buffer) => {
			const start = bytes.toString('latin1', 0, LONGEST_REQUEST_LINE);
			if (REQUEST.test(start)) isPaying = PAYS.test(start);
			wallet.write(bytes);
		});
		wallet.on('data', (bytes: Buffer) => {
			const isAnswer = planned !== null && (isPaying || bytes.includes(RELAY_OK));
			const fault = isAnswer ? planned : null;
			if (fault !== null) {
				planned = null;
				faults += 1;
			}
			if (fault === 'cut') client.destroy();
			else if (fault === 'oddBody' || fault === 'badGateway') client.end(PAGES[fault]);
			else {
				if (fault === 'slow') passing = wait(SLOW_MS);
				void passing.then(() => client.writableEnded || client.write(bytes));
			}
		});
	};
	const server: Server =
		identity === undefined ? createServer(answer) : createTlsServer({ ...identity }, answer);
	const listen = async (at: number) =>
		await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
	const goDown = async () => {
		const closed = new Promise((resolve) => server.close(resolve));
		for (const socket of sockets) socket.destroy();
		await closed;
	};
	await listen(0);
	const { port: taken } = server.address() as AddressInfo;
	const isWebSocket = protocol.startsWith('ws');
	const plain = isWebSocket ? 'ws' : 'http';
	const scheme = identity === undefined ? plain : `${plain}s`;
	return {
		url: `${scheme}://127.0.0.1:${taken}`,
		failNext: (fault) => {
			planned = fault;
		},
		get faults() {
			return faults;
		},
		goDown,
		comeBack: async () => await listen(taken),
		stop: goDown,
	};
}
