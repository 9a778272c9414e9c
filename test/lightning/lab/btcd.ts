import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeHttp } from '../../wallets/nodeHttp';
import { freePort } from './freePort';
import { ServerProcess } from './serverProcess';

const USER = 'lab';
const PASSWORD = 'lab';
/** Nobody has its key. LND wants to see a first block before it does anything. */
const NOBODY = 'bcrt1qvwpt8nygzsftw7lu4mksycqpcqxeuvp98atd2u';

/** A private chain: btcd on regtest, which knows nobody and mines when told to. */
export class Btcd {
	private process: ServerProcess | undefined;

	private constructor(
		private readonly program: string,
		private readonly folder: string,
		private readonly rpcPort: number,
	) {}

	static async start(program: string, folder: string): Promise<Btcd> {
		const btcd = new Btcd(program, folder, await freePort());
		await btcd.run(NOBODY);
		await btcd.mine(1);
		return btcd;
	}

	/** What LND is told of it. */
	get lndArguments(): string[] {
		return [
			'--bitcoin.node=btcd',
			`--btcd.rpchost=127.0.0.1:${this.rpcPort}`,
			`--btcd.rpcuser=${USER}`,
			`--btcd.rpcpass=${PASSWORD}`,
			`--btcd.rpccert=${join(this.folder, 'rpc.cert')}`,
		];
	}

	/** From now on, blocks pay this address; btcd takes it at its start only. */
	async mineTo(address: string): Promise<void> {
		await this.stop();
		await this.run(address);
	}

	async mine(blocks: number): Promise<void> {
		await this.call('generate', [blocks]);
	}

	async stop(): Promise<void> {
		await this.process?.stop();
	}

	private async run(miningAddress: string): Promise<void> {
		const { folder } = this;
		this.process = ServerProcess.start({
			name: 'btcd',
			command: this.program,
			args: [
				'--regtest',
				'--nolisten',
				'--nodnsseed',
				'--txindex',
				'--debuglevel=warn',
				`--configfile=${join(folder, 'none.conf')}`,
				`--datadir=${join(folder, 'data')}`,
				`--logdir=${join(folder, 'logs')}`,
				`--rpccert=${join(folder, 'rpc.cert')}`,
				`--rpckey=${join(folder, 'rpc.key')}`,
				`--rpclisten=127.0.0.1:${this.rpcPort}`,
				`--rpcuser=${USER}`,
				`--rpcpass=${PASSWORD}`,
				`--miningaddr=${miningAddress}`,
			],
			cwd: folder,
			logFile: join(folder, 'output.log'),
		});
		await this.process.until('answer', async () => await this.call('getblockcount', []));
	}

	private async call(method: string, params: readonly unknown[]): Promise<unknown> {
		const basic = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
		const outcome = await nodeHttp({
			method: 'POST',
			url: `https://127.0.0.1:${this.rpcPort}/`,
			headers: { 'content-type': 'application/json', authorization: `Basic ${basic}` },
			body: JSON.stringify({ jsonrpc: '1.0', id: 1, method, params }),
			timeoutMs: 60_000,
			maxBytes: 1024 * 1024,
			caCertificate: readFileSync(join(this.folder, 'rpc.cert'), 'utf8'),
		});
		if (outcome.kind !== 'answer') throw new Error(`btcd ${method}: ${outcome.reason}`);
		const { result, error } = JSON.parse(outcome.body.toString('utf8')) as {
			result: unknown;
			error: unknown;
		};
		if (error !== null) throw new Error(`btcd ${method}: ${JSON.stringify(error)}`);
		return result;
	}
}
