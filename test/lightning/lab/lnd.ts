import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Btcd } from './btcd';
import { freePort } from './freePort';
import { LndFiles } from './lndFiles';
import { callLnd, type Json } from './lndRest';
import { ServerProcess } from './serverProcess';

export type { Json };

const PASSWORD = 'eight or more';
const WALLET_PASSWORD = Buffer.from(PASSWORD).toString('base64');
const ANSWER_MS = 30_000;
const FIRST_START_MS = 120_000;

interface LndPorts {
	readonly peer: number;
	readonly rpc: number;
	readonly rest: number;
}

/** One LND node: its process, its files, its REST API with all rights. */
export class Lnd extends LndFiles {
	private process: ServerProcess | undefined;
	private publicKey = '';

	private constructor(
		readonly alias: string,
		private readonly program: string,
		folder: string,
		private readonly btcd: Btcd,
		private readonly ports: LndPorts,
	) {
		super(folder);
	}

	static async start(alias: string, program: string, folder: string, btcd: Btcd): Promise<Lnd> {
		mkdirSync(folder, { recursive: true });
		const ports = { peer: await freePort(), rpc: await freePort(), rest: await freePort() };
		const lnd = new Lnd(alias, program, folder, btcd, ports);
		writeFileSync(lnd.passwordFile, PASSWORD);
		await lnd.create();
		return lnd;
	}

	get restUrl(): string {
		return `https://127.0.0.1:${this.ports.rest}`;
	}

	get rpcAddress(): string {
		return `127.0.0.1:${this.ports.rpc}`;
	}

	/** `host:port`, for other nodes. */
	get peerAddress(): string {
		return `127.0.0.1:${this.ports.peer}`;
	}

	/** Its public key; hex. */
	get key(): string {
		return this.publicKey;
	}

	/** Starts it again after `stop`. */
	async restart(): Promise<void> {
		this.run([`--wallet-unlock-password-file=${this.passwordFile}`]);
		await this.reach('SERVER_ACTIVE');
	}

	/** Starts it again after `stop` as most nodes start: locked, until `unlock`. */
	async restartLocked(): Promise<void> {
		this.run([]);
		await this.reach('LOCKED');
	}

	async unlock(): Promise<void> {
		await this.post('/v1/unlockwallet', { wallet_password: WALLET_PASSWORD });
		await this.reach('SERVER_ACTIVE');
	}

	/** Starts it for the first time: it has no wallet yet. */
	private async create(): Promise<void> {
		const process = this.run([]);
		await process.until('certificate', () => (existsSync(this.certificateFile) ? true : null));
		await this.reach('NON_EXISTING');
		const { cipher_seed_mnemonic } = await this.get('/v1/genseed');
		const wallet = { wallet_password: WALLET_PASSWORD, cipher_seed_mnemonic };
		await this.post('/v1/initwallet', wallet, FIRST_START_MS);
		await this.reach('SERVER_ACTIVE');
		this.publicKey = String((await this.get('/v1/getinfo')).identity_pubkey);
	}

	private run(more: readonly string[]): ServerProcess {
		const { folder, ports } = this;
		this.process = ServerProcess.start({
			name: `lnd "${this.alias}"`,
			command: this.program,
			args: [
				`--lnddir=${folder}`,
				`--alias=${this.alias}`,
				...more,
				'--nobootstrap',
				'--debuglevel=info',
				'--trickledelay=50',
				'--bitcoin.regtest',
				...this.btcd.lndArguments,
				`--listen=127.0.0.1:${ports.peer}`,
				`--rpclisten=127.0.0.1:${ports.rpc}`,
				`--restlisten=127.0.0.1:${ports.rest}`,
			],
			cwd: folder,
			logFile: join(folder, 'output.log'),
		});
		return this.process;
	}

	private async reach(wanted: string): Promise<void> {
		await this.until(`state ${wanted}`, async () => {
			const { state } = await this.get('/v1/state');
			return state === wanted ? true : null;
		});
	}

	async stop(): Promise<void> {
		await this.process?.stop();
		this.process = undefined;
	}

	/** Ends it as a power cut does. */
	async kill(): Promise<void> {
		await this.process?.kill();
		this.process = undefined;
	}

	/** Asks until the answer is not null. */
	async until<T>(what: string, ask: () => Promise<T | null>, timeoutMs?: number): Promise<T> {
		if (this.process === undefined) throw new Error(`lnd "${this.alias}" is stopped`);
		return await this.process.until(what, ask, timeoutMs);
	}

	async get(path: string): Promise<Json> {
		return await this.call('GET', path);
	}

	async post(path: string, body: Json, timeoutMs = ANSWER_MS): Promise<Json> {
		return await this.call('POST', path, body, timeoutMs);
	}

	private async call(
		method: 'GET' | 'POST',
		path: string,
		body?: Json,
		timeoutMs = ANSWER_MS,
	): Promise<Json> {
		return await callLnd({
			alias: this.alias,
			method,
			url: `${this.restUrl}${path}`,
			...(body === undefined ? {} : { body }),
			macaroon: this.adminMacaroonIfAny,
			certificate: this.certificate,
			timeoutMs,
		});
	}
}
