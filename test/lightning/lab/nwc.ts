import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { schnorr } from '@noble/curves/secp256k1.js';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

/** A wallet behind Nostr Wallet Connect. */
export interface Nwc {
	readonly walletKey: string;
	/** Of the one connection the wallet has given out; hex. */
	readonly clientSecret: string;
	readonly stop: () => Promise<void>;
	/** Starts it again after `stop`. */
	readonly start: () => Promise<void>;
}

export interface NwcWishes {
	/** Where the packages are. */
	readonly packages: string;
	readonly folder: string;
	/** The node that pays. */
	readonly node: Lnd;
	readonly relayUrls: readonly string[];
	/** NIP-47 methods that it offers. */
	readonly methods: readonly string[];
}

/** All that the service can do. */
export const NWC_METHODS = [
	'get_balance',
	'get_info',
	'list_transactions',
	'lookup_invoice',
	'make_invoice',
	'pay_invoice',
] as const;

/** The public key of a secret one, as Nostr has it; hex. */
export const publicKeyOf = (secret: Buffer) =>
	Buffer.from(schnorr.getPublicKey(secret)).toString('hex');

/** Alby's wallet service on its relays, paying from an LND node. */
export async function startNwc(wishes: NwcWishes): Promise<Nwc> {
	const { packages, folder, node, relayUrls, methods } = wishes;
	mkdirSync(folder, { recursive: true });
	const walletSecret = randomBytes(32);
	const clientSecret = randomBytes(32);
	let server: ServerProcess | undefined;
	let starts = 0;
	const start = async () => {
		starts += 1;
		const started = ServerProcess.start({
			name: 'NWC wallet service',
			command: process.execPath,
			args: [join(packages, 'service.mjs')],
			cwd: folder,
			env: {
				RELAY_URLS: relayUrls.join(' '),
				METHODS: methods.join(' '),
				WALLET_SECRET: walletSecret.toString('hex'),
				CLIENT_PUBKEY: publicKeyOf(clientSecret),
				LND_URL: node.restUrl,
				LND_MACAROON: node.adminMacaroon,
				LND_CERTIFICATE: node.certificate,
			},
			logFile: join(folder, `output-${starts}.log`),
		});
		server = started;
		await started.until('readiness', () => (started.log().includes('ready') ? true : null));
	};
	const stop = async () => await server?.stop();
	await start().catch(async (cause: unknown) => {
		await stop();
		throw cause;
	});
	return {
		walletKey: publicKeyOf(walletSecret),
		clientSecret: clientSecret.toString('hex'),
		start,
		stop,
	};
}
