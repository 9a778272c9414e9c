import { fork } from 'node:child_process';
import { join } from 'node:path';
import { WebSocket } from 'undici';
import { execute } from '../../sandbox/engine/engine';
import { loadNode } from '../../sandbox/engine/loadNode';
import { pictureOf } from '../picture';
import { textTable } from '../report/table';
import type { NostrCounts, NostrUrls } from './nostrServers';

const STEP = 'Sats4AI';
const ITEMS = 100;
const AT_ONCE = 10;
const ROUNDS = 3;
/** How much later the relay answers each message: as if it were on this machine, and elsewhere. */
const LATE_MS = [0, 50];

/** A hundred purchases at ten at once over Nostr Wallet Connect: connections and time, as a table. */
export async function measureNostr(): Promise<string> {
	// Node 20 has none.
	Object.assign(globalThis, { WebSocket: globalThis.WebSocket ?? WebSocket });
	const rows = [['relay answers after', 'connections', 'ms per purchase']];
	for (const lateMs of LATE_MS) {
		const { connections, msEach } = await measure(lateMs);
		rows.push([
			`${lateMs} ms`,
			connections.join(', '),
			msEach.map((ms) => ms.toFixed(1)).join(', '),
		]);
	}
	return textTable(rows);
}

/** One figure for each round. */
async function measure(lateMs: number): Promise<{ connections: number[]; msEach: number[] }> {
	const child = fork(join(__dirname, 'nostrServers.ts'), [String(lateMs)]);
	const next = async <T>() =>
		await new Promise<T>((resolve) => child.once('message', (message) => resolve(message as T)));
	const { service, connectionString } = await next<NostrUrls>();
	const picture = pictureOf(100_000).toString('base64');
	const image = { data: picture, mimeType: 'image/png', fileName: 'photo.png' };
	const connections: number[] = [];
	const msEach: number[] = [];
	let before = 0;
	for (let round = 1; round <= ROUNDS; round += 1) {
		const items = Array.from({ length: ITEMS }, () => ({ json: {}, binary: { data: image } }));
		const options = { baseUrl: service, concurrency: AT_ONCE, maxTotalSat: 0, skipDedup: true };
		const startedAt = performance.now();
		const { data } = await execute({
			node: loadNode(),
			items,
			credential: { wallet: 'nwc', connectionString, network: 'regtest' },
			steps: [{ name: STEP, parameters: { operation: 'colorizeImage', options } }],
		}).run;
		msEach.push((performance.now() - startedAt) / ITEMS);
		const { error } = data.resultData;
		if (error !== undefined) throw error;
		child.send('count');
		const counts = await next<NostrCounts>();
		if (counts.paid !== round * ITEMS)
			throw new Error(`${counts.paid} payments in ${round} rounds`);
		connections.push(counts.connections - before);
		before = counts.connections;
		// The line of this round is closed before the next one begins.
		await new Promise((resolve) => setTimeout(resolve, 3_000));
	}
	child.kill();
	return { connections, msEach };
}
