import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../prepare/cacheFolder';
import { isMissing, type Missing, type Prepared } from '../prepare/prepared';
import { startAperture, type Aperture } from './aperture';
import { startLnbits, type Lnbits } from './lnbits';
import { startNetwork, type LightningNetwork } from './network';
import { startNostrWallets, type NostrWallets } from './nostrWallets';
import { startPictureBackend, type PictureBackend } from './pictureBackend';

/** A seller at each end, so that each end can also be the buyer. */
export interface Shop {
	readonly aperture: Aperture;
	readonly backend: PictureBackend;
}

/** Every server, running. What is spoken to over Nostr has its money in *west*, too. */
export interface Lab extends NostrWallets {
	readonly network: LightningNetwork;
	/** LND's own command line program. */
	readonly lncli: string;
	readonly shopWest: Shop;
	readonly shopEast: Shop;
	/** Its money is in *west*. */
	readonly lnbits: Lnbits | Missing;
	stop(): Promise<void>;
}

/** Starts everything this machine has; what was started stops again if one of them fails. */
export async function startLab(prepared: Prepared): Promise<Lab> {
	const { go, lnbits: lnbitsProgram } = prepared;
	if (isMissing(go)) throw new Error(`No lab: ${go.missing}`);
	const folder = freshFolder();
	const running: Array<{ stop(): Promise<void> }> = [];
	const stop = async () => {
		for (const server of running.splice(0).reverse()) await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
	const keep = <Server extends { stop(): Promise<void> }>(server: Server) => {
		running.push(server);
		return server;
	};
	const open = async (): Promise<Lab> => {
		const network = keep(await startNetwork(go, folder));
		const shop = async (seller: 'west' | 'east'): Promise<Shop> => {
			const backend = keep(await startPictureBackend());
			const home = join(folder, `aperture-${seller}`);
			const { address } = backend;
			return {
				backend,
				aperture: keep(await startAperture(go.aperture, home, network[seller], address)),
			};
		};
		const shopWest = await shop('west');
		const shopEast = await shop('east');
		const lnbits = isMissing(lnbitsProgram)
			? lnbitsProgram
			: keep(await startLnbits(lnbitsProgram, join(folder, 'lnbits'), network.west));
		const nostr = await startNostrWallets(prepared, go.memberRelay, folder, network.west, keep);
		return { network, lncli: go.lncli, shopWest, shopEast, lnbits, ...nostr, stop };
	};
	return await open().catch(async (cause: unknown) => {
		await stop();
		throw cause;
	});
}

/** A folder for this run; those of runs that were killed go. */
function freshFolder(): string {
	const runs = cacheFolder('runs');
	for (const name of readdirSync(runs)) {
		if (!isAlive(Number(name))) rmSync(join(runs, name), { recursive: true, force: true });
	}
	const folder = join(runs, String(process.pid));
	if (existsSync(folder)) rmSync(folder, { recursive: true });
	mkdirSync(folder);
	return folder;
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}
