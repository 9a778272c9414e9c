import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AlbyHubProgram } from '../prepare/albyHub';
import { freePort } from './freePort';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

const PASSWORD = 'lab';

/** Alby Hub, its money in an LND node. */
export interface AlbyHub {
	/** A new connection with these permissions and this budget: its connection string. */
	connect(scopes: readonly string[], budgetSat: number): Promise<string>;
	stop(): Promise<void>;
}

export async function startAlbyHub(
	{ program, libraryFolder }: AlbyHubProgram,
	folder: string,
	node: Lnd,
	relayUrl: string,
): Promise<AlbyHub> {
	mkdirSync(folder);
	const port = await freePort();
	const server = ServerProcess.start({
		name: 'Alby Hub',
		command: program,
		args: [],
		cwd: folder,
		env: {
			AUTO_LINK_ALBY_ACCOUNT: 'false',
			DATABASE_URI: join(folder, 'hub.db'),
			HIDE_UPDATE_BANNER: 'true',
			LD_LIBRARY_PATH: libraryFolder,
			LOG_TO_FILE: 'false',
			PORT: String(port),
			RELAY: relayUrl,
			SEND_EVENTS_TO_ALBY: 'false',
			WORK_DIR: folder,
		},
		logFile: join(folder, 'output.log'),
	});
	const call = async (path: string, body?: object, token = ''): Promise<Answer> => {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: {
				'content-type': 'application/json',
				...(token === '' ? {} : { authorization: `Bearer ${token}` }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`Alby Hub ${path}: HTTP ${response.status} ${text}`);
		return (text === '' ? {} : JSON.parse(text)) as Answer;
	};
	const open = async (): Promise<string> => {
		await server.until('answer', async () => await call('/api/info'));
		await call('/api/setup', {
			backendType: 'LND',
			unlockPassword: PASSWORD,
			lndAddress: node.rpcAddress,
			lndCertFile: node.certificateFile,
			lndMacaroonFile: join(node.macaroonFolder, 'admin.macaroon'),
		});
		const { token } = await call('/api/start', { unlockPassword: PASSWORD });
		await server.until('running wallet', async () => {
			const { running, startupState } = await call('/api/info');
			// Connections made before it has finished starting are never announced on the relay.
			return running === true && startupState === '' ? true : null;
		});
		return String(token);
	};
	const token = await open().catch(async (cause: unknown) => {
		await server.stop();
		throw cause;
	});
	const connect = async (scopes: readonly string[], budgetSat: number) => {
		const wish = { name: 'n8n', scopes, maxAmountSat: budgetSat, budgetRenewal: 'never' };
		return String((await call('/api/apps', wish, token)).pairingUri);
	};
	return { connect, stop: async () => await server.stop() };
}

type Answer = Readonly<Record<string, unknown>>;
