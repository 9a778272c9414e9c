import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder, usedFolders } from '../rig/leaveNothing';
import { forwardTo } from './forward';
import { GoogleDrive } from './googleDrive';
import { hostThatReads } from './request';
import { Telegram } from './telegram';
import { openTunnel } from './tunnel';

/**
 * All that n8n finds outside of its machine: stand-ins for the hosts that the examples need, under
 * their own names and behind TLS, so that no node has to be told anything.
 */
export interface OutsideWorld {
	/** For n8n's environment: its only way out leads here. */
	readonly env: Readonly<Record<string, string>>;
	readonly drive: GoogleDrive;
	readonly telegram: Telegram;
	/** No file and no message is left. */
	forget(): void;
	close(): Promise<void>;
}

/** @param serviceUrl of the sandbox, which is found as `sats4ai.com` */
export async function startOutsideWorld(serviceUrl: string): Promise<OutsideWorld> {
	const drive = new GoogleDrive();
	const telegram = new Telegram();
	const tunnel = await openTunnel(
		new Map([
			['sats4ai.com', forwardTo(serviceUrl)],
			['www.googleapis.com', hostThatReads((request) => drive.answer(request))],
			['api.telegram.org', hostThatReads(async (request) => await telegram.answer(request))],
		]),
	);
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-outside-'));
	usedFolders.add(folder);
	const certificate = join(folder, 'certificate.pem');
	writeFileSync(certificate, tunnel.certificate);
	return {
		env: {
			HTTP_PROXY: tunnel.proxyUrl,
			HTTPS_PROXY: tunnel.proxyUrl,
			NO_PROXY: '127.0.0.1,localhost',
			NODE_EXTRA_CA_CERTS: certificate,
		},
		drive,
		telegram,
		forget: () => {
			drive.forget();
			telegram.forget();
		},
		close: async () => {
			await tunnel.close();
			removeFolder(folder);
		},
	};
}
