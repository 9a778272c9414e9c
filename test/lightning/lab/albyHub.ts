import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AlbyHubProgram } from '../prepare/albyHub';
import { freePort } from './freePort';
import type { Lnd } from './lnd';
import { ServerProcess } from './serverProcess';

const PASSWORD = 'lab';

export interface AlbyHubWishes extends AlbyHubProgram {
	readonly folder: string;
	/** The node that its money is in. */
	readonly node: Lnd;
	readonly relayUrls: readonly string[];
}

type Answer = Readonly<Record<string, unknown>>;

/** Alby Hub, its money in an LND node. */
export class AlbyHub {
	private server: ServerProcess | undefined;
	private token = '';

	private constructor(
		private readonly wishes: AlbyHubWishes,
		private readonly port: number,
	) {}

	static async start(wishes: AlbyHubWishes): Promise<AlbyHub> {
		mkdirSync(wishes.folder);
		const hub = new AlbyHub(wishes, await freePort());
		await hub.setUp().catch(async (cause: unknown) => {
			await hub.stop();
			throw cause;
		});
		return hub;
	}

	/** A new connection with these permissions and this budget: its connection string. */
	async connect(scopes: readonly string[], budgetSat: number): Promise<string> {
		const wish = { name: 'n8n', scopes, maxAmountSat: budgetSat, budgetRenewal: 'never' };
		return String((await this.call('/api/apps', wish)).pairingUri);
	}

	/** Starts it again after `stop`. */
	async start(): Promise<void> {
		const server = this.run();
		await server.until('answer', async () => await this.call('/api/info'));
		await this.open(server);
	}

	async stop(): Promise<void> {
		await this.server?.stop();
	}

	private async setUp(): Promise<void> {
		const server = this.run();
		await server.until('answer', async () => await this.call('/api/info'));
		const { node } = this.wishes;
		await this.call('/api/setup', {
			backendType: 'LND',
			unlockPassword: PASSWORD,
			lndAddress: node.rpcAddress,
			lndCertFile: node.certificateFile,
			lndMacaroonFile: join(node.macaroonFolder, 'admin.macaroon'),
		});
		await this.open(server);
	}

	private async open(server: ServerProcess): Promise<void> {
		this.token = String((await this.call('/api/start', { unlockPassword: PASSWORD })).token);
		await server.until('running wallet', async () => {
			const { running, startupState } = await this.call('/api/info');
			// Connections made before it has finished starting are never announced on the relay.
			return running === true && startupState === '' ? true : null;
		});
	}

	private run(): ServerProcess {
		const { program, libraryFolder, folder, relayUrls } = this.wishes;
		this.server = ServerProcess.start({
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
				PORT: String(this.port),
				RELAY: relayUrls.join(','),
				SEND_EVENTS_TO_ALBY: 'false',
				WORK_DIR: folder,
			},
			logFile: join(folder, 'output.log'),
		});
		return this.server;
	}

	private async call(path: string, body?: object): Promise<Answer> {
		const response = await fetch(`http://127.0.0.1:${this.port}${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: {
				'content-type': 'application/json',
				...(this.token === '' ? {} : { authorization: `Bearer ${this.token}` }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`Alby Hub ${path}: HTTP ${response.status} ${text}`);
		return (text === '' ? {} : JSON.parse(text)) as Answer;
	}
}
