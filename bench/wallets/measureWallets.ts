import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { execute } from '../../sandbox/engine/engine';
import { loadNode } from '../../sandbox/engine/loadNode';
import { pictureOf } from '../picture';
import { AT_ONCE, ITEMS } from './walletPlan';
import type { WalletCounts, WalletUrls } from './walletServers';

/** A hundred purchases from one wallet; one figure for each round. */
export interface WalletFigures {
	readonly wallet: 'LNbits' | 'LNbits, with a cap per day' | 'NWC';
	/** How much later the Nostr relay answers each message, as if it were elsewhere. */
	readonly lateMs: number;
	readonly msEach: readonly number[];
	/** Processor time of the node's process: that of service, wallet and relay is not in it. */
	readonly cpuMsEach: readonly number[];
	/** To the relay. */
	readonly connections: readonly number[];
	/** That LNbits has answered. */
	readonly requests: readonly number[];
}

class Figures implements WalletFigures {
	readonly msEach: number[] = [];
	readonly cpuMsEach: number[] = [];
	readonly connections: number[] = [];
	readonly requests: number[] = [];

	constructor(
		readonly wallet: WalletFigures['wallet'],
		readonly lateMs: number,
	) {}
}

const STEP = 'Sats4AI';
const ROUNDS = { quick: 2, full: 5 };
const LATE_MS = [0, 50];
/** The line of a round is closed before the next one begins. */
const BETWEEN_ROUNDS_MS = 3_000;

/** A hundred purchases at ten at once: from LNbits, with a cap per day and without, and over Nostr. */
export async function measureWallets(isQuick: boolean): Promise<WalletFigures[]> {
	// Node 20 has none.
	Object.assign(globalThis, { WebSocket: globalThis.WebSocket ?? WebSocket });
	const figures: WalletFigures[] = [];
	const rounds = isQuick ? ROUNDS.quick : ROUNDS.full;
	for (const lateMs of isQuick ? [0] : LATE_MS) figures.push(...(await measure(lateMs, rounds)));
	return figures;
}

async function measure(lateMs: number, rounds: number): Promise<WalletFigures[]> {
	const child = fork(join(__dirname, 'walletServers.ts'), [String(lateMs)]);
	const next = async <T>() =>
		await new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
	const urls = await next<WalletUrls>();
	const counts = async () => {
		child.send('count');
		return await next<WalletCounts>();
	};
	const lnbits = { wallet: 'lnbits', ...urls.lnbits, network: 'regtest' };
	const { connectionString } = urls;
	const credentials: ReadonlyArray<
		readonly [WalletFigures['wallet'], ICredentialDataDecryptedObject]
	> = [
		['LNbits', lnbits],
		['LNbits, with a cap per day', { ...lnbits, maxPerDaySat: 1_000_000 }],
		['NWC', { wallet: 'nwc', connectionString, network: 'regtest' }],
	];
	const all = credentials.map(([wallet]) => new Figures(wallet, lateMs));
	// The first round loads what later ones have.
	for (let round = -1; round < rounds; round += 1) {
		for (const [index, [wallet, credential]] of credentials.entries()) {
			const before = await counts();
			const { ms, cpuMs } = await buyAll(urls.service, credential);
			const after = await counts();
			const paid = after.paid - before.paid;
			if (paid !== ITEMS) throw new Error(`${paid} payments for ${ITEMS} pictures`);
			if (wallet === 'NWC') await sleep(BETWEEN_ROUNDS_MS);
			const figures = all[index];
			if (round < 0 || figures === undefined) continue;
			figures.msEach.push(ms / ITEMS);
			figures.cpuMsEach.push(cpuMs / ITEMS);
			figures.connections.push(after.connections - before.connections);
			figures.requests.push(after.lnbitsRequests - before.lnbitsRequests);
		}
	}
	child.kill();
	return all;
}

/** A process that stays, as n8n's does. */
const node = loadNode();

async function buyAll(
	service: string,
	credential: ICredentialDataDecryptedObject,
): Promise<{ ms: number; cpuMs: number }> {
	const picture = pictureOf(100_000).toString('base64');
	const image = { data: picture, mimeType: 'image/png', fileName: 'photo.png' };
	const items = Array.from({ length: ITEMS }, () => ({ json: {}, binary: { data: image } }));
	const options = { baseUrl: service, concurrency: AT_ONCE, maxTotalSat: 0, skipDedup: true };
	const parameters = { operation: 'colorizeImage', options };
	const cpuAtStart = process.cpuUsage();
	const startedAt = performance.now();
	const { data } = await execute({ node, items, credential, steps: [{ name: STEP, parameters }] })
		.run;
	const ms = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuAtStart);
	const { error } = data.resultData;
	if (error !== undefined) throw error;
	return { ms, cpuMs: (user + system) / 1_000 };
}
