import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GoPrograms } from '../prepare/goPrograms';
import { Btcd } from './btcd';
import { Lnd, type Json } from './lnd';

const CHANNEL_SAT = 2_000_000;
/** So high, SegWit and Taproot are in force on regtest, three signaling periods of 144 blocks long. */
const FIRST_BLOCKS = 450;
/** Announced channels need so many; so do nodes before they route over them. */
const CONFIRMATIONS = 6;

/**
 * Three real nodes on a private chain, in a row: *west* (LND 0.21), *middle*, *east* (LND 0.20).
 * Half of each channel is on either side, so both ends can pay and be paid, with a routing fee.
 */
export interface LightningNetwork {
	readonly west: Lnd;
	readonly middle: Lnd;
	readonly east: Lnd;
	/** Of each channel, half of which its opener gave away. */
	readonly channelSat: number;
	stop(): Promise<void>;
}

export async function startNetwork(go: GoPrograms, folder: string): Promise<LightningNetwork> {
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		for (const server of running.splice(0).reverse()) await server.stop();
	};
	const open = async () => {
		mkdirSync(join(folder, 'chain'));
		const btcd = await Btcd.start(go.btcd, join(folder, 'chain'));
		running.push(btcd);
		const start = async (alias: string, program: string) => {
			const node = await Lnd.start(alias, program, join(folder, alias), btcd);
			running.push(node);
			return node;
		};
		const west = await start('west', go.lnd21);
		await mineFor(west, btcd);
		const middle = await start('middle', go.lnd21);
		const east = await start('east', go.lnd20);
		await share(west, middle, btcd);
		await connect(btcd, west, middle);
		await connect(btcd, middle, east);
		for (const node of [west, east]) await knowsRoutes(node);
		return { west, middle, east, channelSat: CHANNEL_SAT, stop };
	};
	return await open().catch(async (cause: unknown) => {
		await stop();
		throw cause;
	});
}

/** Coins for a node. It is stopped meanwhile: LND may miss the blocks of a btcd that starts again. */
async function mineFor(node: Lnd, btcd: Btcd): Promise<void> {
	const address = await addressOf(node);
	await node.stop();
	await btcd.mineTo(address);
	await btcd.mine(FIRST_BLOCKS);
	await node.restart();
	await synced(node);
}

async function share(from: Lnd, to: Lnd, btcd: Btcd): Promise<void> {
	const coins = { addr: await addressOf(to), amount: String(4 * CHANNEL_SAT) };
	await from.until('coins sent', async () => await from.post('/v1/transactions', coins));
	await btcd.mine(1);
	await synced(to);
}

async function addressOf(node: Lnd): Promise<string> {
	return String((await node.get('/v1/newaddress?type=TAPROOT_PUBKEY')).address);
}

async function synced(node: Lnd): Promise<void> {
	await node.until('sync with the chain', async () => {
		const { synced_to_chain: isSynced } = await node.get('/v1/getinfo');
		return isSynced === true ? true : null;
	});
}

async function connect(btcd: Btcd, from: Lnd, to: Lnd): Promise<void> {
	await synced(to);
	await meet(from, to);
	await from.until('channel', async () => {
		return await from.post('/v1/channels', {
			node_pubkey_string: to.key,
			local_funding_amount: String(CHANNEL_SAT),
			push_sat: String(CHANNEL_SAT / 2),
			sat_per_vbyte: '2',
		});
	});
	await btcd.mine(CONFIRMATIONS);
	await isActive(from);
}

/** Starts a node again that was stopped, and waits until money passes through it. */
export async function returnToNetwork(node: Lnd, neighbors: readonly Lnd[]): Promise<void> {
	await node.restart();
	await rejoinNetwork(node, neighbors);
}

/** Waits until money passes through a node that is just running again. */
export async function rejoinNetwork(node: Lnd, neighbors: readonly Lnd[]): Promise<void> {
	// They try by themselves, and wait longer each time.
	for (const neighbor of neighbors) await meet(node, neighbor);
	for (const each of [node, ...neighbors]) await isActive(each);
}

async function meet(from: Lnd, to: Lnd): Promise<void> {
	await from.until('peer', async () => {
		const { peers } = await from.get('/v1/peers');
		if (JSON.stringify(peers).includes(to.key)) return true;
		await from.post('/v1/peers', { addr: { pubkey: to.key, host: to.peerAddress } });
		return null;
	});
}

/** All channels of the node work. */
async function isActive(node: Lnd): Promise<void> {
	await node.until('active channels', async () => {
		const { channels } = await node.get('/v1/channels');
		const all = channels as Json[];
		return all.length > 0 && all.every(({ active }) => active === true) ? true : null;
	});
}

/** Both channels are in the graph, with the policies of both ends. */
async function knowsRoutes(node: Lnd): Promise<void> {
	await node.until('graph', async () => {
		const edges = (await node.get('/v1/graph')).edges as Json[];
		const known = edges.filter(({ node1_policy: one, node2_policy: two }) => {
			return one !== null && two !== null;
		});
		return known.length === 2 ? true : null;
	});
}
