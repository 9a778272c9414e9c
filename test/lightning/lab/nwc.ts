import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { schnorr } from '@noble/curves/secp256k1.js';
import { freePort } from './freePort';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

/** A wallet behind Nostr Wallet Connect. */
export interface Nwc {
	/** `ws://127.0.0.1:port` */
	readonly relayUrl: string;
	readonly walletKey: string;
	/** Of the one connection the wallet has given out; hex. */
	readonly clientSecret: string;
	stop(): Promise<void>;
}

const publicKey = (secret: Buffer) => Buffer.from(schnorr.getPublicKey(secret)).toString('hex');

/** Alby's wallet service on a relay of its own, paying from an LND node. */
export async function startNwc(packages: string, folder: string, node: Lnd): Promise<Nwc> {
	mkdirSync(folder);
	const port = await freePort();
	const walletSecret = randomBytes(32);
	const clientSecret = randomBytes(32);
	const server = ServerProcess.start({
		name: 'NWC wallet service',
		command: process.execPath,
		args: [join(packages, 'service.mjs')],
		cwd: folder,
		env: {
			RELAY_PORT: String(port),
			WALLET_SECRET: walletSecret.toString('hex'),
			CLIENT_PUBKEY: publicKey(clientSecret),
			LND_URL: node.restUrl,
			LND_MACAROON: node.adminMacaroon,
			LND_CERTIFICATE: node.certificate,
		},
		logFile: join(folder, 'output.log'),
	});
	await server
		.until('readiness', () => (server.log().includes('ready') ? true : null))
		.catch(async (cause: unknown) => {
			await server.stop();
			throw cause;
		});
	return {
		relayUrl: `ws://127.0.0.1:${port}`,
		walletKey: publicKey(walletSecret),
		clientSecret: clientSecret.toString('hex'),
		stop: async () => await server.stop(),
	};
}
