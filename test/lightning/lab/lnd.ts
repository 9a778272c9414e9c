import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHttp } from '../../wallets/nodeHttp';
import type { Btcd } from './btcd';
import { freePort } from './freePort';
import { ServerProcess } from './serverProcess';

/** A JSON answer of LND. Whoever reads it knows its form from LND's own documentation. */
export type Json = Record<string, unknown>;

const ANSWER_MS = 30_000;

interface LndPorts {
	readonly peer: number;
	readonly rpc: number;
	readonly rest: number;
}

/** One LND node: its process, its files, its REST API with all rights. */
export class Lnd {
	private process: ServerProcess | undefined;
	private publicKey = '';

	private constructor(
		readonly alias: string,
		private readonly program: string,
		readonly folder: string,
		private readonly btcd: Btcd,
		private readonly ports: LndPorts,
	) {}

	static async start(alias: string, program: string, folder: string, btcd: Btcd): Promise<Lnd> {
		mkdirSync(folder, { recursive: true });
		const ports = { peer: await freePort(), rpc: await freePort(), rest: await freePort() };
		const lnd = new Lnd(alias, program, folder, btcd, ports);
		await lnd.restart();
		return lnd;
	}

	get restUrl(): string {
		return `https://127.0.0.1:${this.ports.rest}`;
	}

	get rpcAddress(): string {
		return `127.0.0.1:${this.ports.rpc}`;
	}

	get certificateFile(): string {
		return join(this.folder, 'tls.cert');
	}

	/** LND's own, self-signed; PEM. */
	get certificate(): string {
		return readFileSync(this.certificateFile, 'utf8');
	}

	get macaroonFolder(): string {
		return join(this.folder, 'data', 'chain', 'bitcoin', 'regtest');
	}

	/** All rights; hex. */
	get adminMacaroon(): string {
		return readFileSync(join(this.macaroonFolder, 'admin.macaroon')).toString('hex');
	}

	/** `host:port`, for other nodes. */
	get peerAddress(): string {
		return `127.0.0.1:${this.ports.peer}`;
	}

	/** Its public key; hex. */
	get key(): string {
		return this.publicKey;
	}

	/** Starts it, or starts it again after `stop`. */
	async restart(): Promise<void> {
		const { folder, ports } = this;
		const process = ServerProcess.start({
			name: `lnd "${this.alias}"`,
			command: this.program,
			args: [
				`--lnddir=${folder}`,
				`--alias=${this.alias}`,
				'--noseedbackup',
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
		this.process = process;
		await process.until('certificate', () => (existsSync(this.certificateFile) ? true : null));
		await process.until('active server', async () => {
			const { state } = await this.get('/v1/state');
			return state === 'SERVER_ACTIVE' ? true : null;
		});
		this.publicKey = String((await this.get('/v1/getinfo')).identity_pubkey);
	}

	async stop(): Promise<void> {
		await this.process?.stop();
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
		const macaroon = existsSync(this.macaroonFolder) ? this.adminMacaroon : '';
		const outcome = await nodeHttp({
			method,
			url: `${this.restUrl}${path}`,
			headers: { 'grpc-metadata-macaroon': macaroon },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
			timeoutMs,
			maxBytes: 1024 * 1024,
			caCertificate: this.certificate,
		});
		if (outcome.kind !== 'answer') throw new Error(`${this.alias} ${path}: ${outcome.reason}`);
		const text = outcome.body.toString('utf8');
		if (outcome.status !== 200) throw new Error(`${this.alias} ${path}: ${text}`);
		return JSON.parse(text) as Json;
	}
}
