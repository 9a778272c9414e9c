import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Lnd } from '../../test/lightning/lab/lnd';

/** Where `go install github.com/lightninglabs/lnget/cmd/lnget@v1.1.0` puts it; null where it is not installed. */
export function findLnget(): string | null {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const goFolder = process.env.GOPATH ?? join(homedir(), 'go');
	const programs = [...folders, join(goFolder, 'bin')].map((folder) => join(folder, 'lnget'));
	return programs.find(existsSync) ?? null;
}

/** Lightning Labs' own command-line client for L402, with a home of its own. */
export class Lnget {
	private readonly home = mkdtempSync(join(tmpdir(), 'lnget-'));
	private readonly config = join(this.home, 'config.yaml');

	constructor(
		private readonly program: string,
		lnd: Lnd,
	) {
		const tokens = { dir: join(this.home, 'tokens') };
		const events = { enabled: false };
		const access = {
			host: lnd.rpcAddress,
			tls_cert: lnd.certificateFile,
			macaroon: join(lnd.macaroonFolder, 'admin.macaroon'),
			network: 'regtest',
		};
		// JSON is YAML too.
		const config = { ln: { mode: 'lnd', lnd: access }, tokens, events };
		writeFileSync(this.config, JSON.stringify(config));
	}

	/** Buys once: it would use a token again, so the last one is removed before. Answers with what came. */
	async buy(url: string, body: string): Promise<string> {
		rmSync(join(this.home, 'tokens'), { recursive: true, force: true });
		mkdirSync(join(this.home, 'tokens'));
		const options = ['--config', this.config, '-q', '-X', 'POST', '-d', body];
		const type = ['-H', 'Content-Type: application/json'];
		const env = { ...process.env, HOME: this.home };
		const child = spawn(this.program, [...options, ...type, '-o', '-', url], { env });
		const out: Buffer[] = [];
		const words: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
		const code = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		if (code !== 0) throw new Error(`lnget ended with ${code}: ${Buffer.concat(words).toString()}`);
		return Buffer.concat(out).toString();
	}

	close(): void {
		rmSync(this.home, { recursive: true, force: true });
	}
}
