import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endpoints, type Operation } from '../../../sandbox/service/endpoints';
import { freePort } from './freePort';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

/** What a picture costs, in sats. */
export const prices: Readonly<Record<Operation, number>> = {
	colorizeImage: 5,
	deblurImage: 110,
	editImage: 210,
	generateImage: 200,
	removeBackground: 44,
	removeObject: 130,
	restoreFace: 6,
	upscaleImage: 7,
};

/** Aperture, Lightning Labs' own L402 server, as the seller. */
export interface Aperture {
	/** `http://127.0.0.1:port` */
	readonly url: string;
	stop(): Promise<void>;
	/** Starts it again where it has ended, as it does when its node ends. */
	revive(): Promise<void>;
}

/** Puts Aperture in front of a backend. Its invoices are those of `seller`. */
export async function startAperture(
	program: string,
	folder: string,
	seller: Lnd,
	backendAddress: string,
): Promise<Aperture> {
	mkdirSync(folder);
	const listenAddress = `127.0.0.1:${await freePort()}`;
	const configFile = join(folder, 'aperture.yaml');
	// JSON is YAML too, and cannot be broken by an indentation.
	writeFileSync(
		configFile,
		JSON.stringify(configuration(listenAddress, seller, backendAddress), null, '\t'),
	);
	const command = {
		name: 'aperture',
		command: program,
		args: [
			`--configfile=${configFile}`,
			`--basedir=${folder}`,
			`--sqlite.dbfile=${join(folder, 'aperture.db')}`,
		],
		cwd: folder,
		logFile: join(folder, 'output.log'),
	};
	const url = `http://${listenAddress}`;
	const answers = async () => (await fetch(`${url}/uploads/none`)).status === 404;
	let process: ServerProcess;
	const start = async () => {
		process = ServerProcess.start(command);
		await process.until('answer', async () => ((await answers()) ? true : null));
	};
	const stop = async () => await process.stop();
	await start().catch(async (cause: unknown) => {
		await stop();
		throw cause;
	});
	const revive = async () => {
		if (await answers().catch(() => false)) return;
		await stop();
		await start();
	};
	return { url, stop, revive };
}

function configuration(listenaddr: string, seller: Lnd, address: string) {
	const backend = { hostregexp: '^127\\.0\\.0\\.1', address, protocol: 'http' };
	return {
		listenaddr,
		insecure: true,
		debuglevel: 'debug',
		// Paid means paid: the seller's node must say so, not only the preimage.
		strictverify: true,
		authenticator: {
			network: 'regtest',
			lndhost: seller.rpcAddress,
			tlspath: seller.certificateFile,
			macdir: seller.macaroonFolder,
			enablempp: true,
		},
		dbbackend: 'sqlite',
		services: [
			...endpoints.map(({ service, operation }) => ({
				...backend,
				name: service,
				pathregexp: `^/api/l402/${service}$`,
				price: prices[operation],
				// One of them offers the `Payment` scheme beside L402.
				authscheme: operation === 'editImage' ? 'l402+mpp' : 'l402',
			})),
			{ ...backend, name: 'uploads', pathregexp: '^/uploads/', auth: 'off' },
		],
	};
}
