import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { ChildProcess } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { spawnGuarded } from '../prepare/guarded';
import { READY, roundFile, type Round, type RoundEnd } from './round';

const TSX = createRequire(__filename).resolve('tsx');

/** Processes that begin each round at the same instant. */
export class Workers {
	private rounds = 0;

	private constructor(
		private readonly folder: string,
		private readonly workers: readonly Worker[],
	) {}

	static async start(count: number): Promise<Workers> {
		const folder = mkdtempSync(join(tmpdir(), 'sats4ai-workers-'));
		const workers = Array.from({ length: count }, () => new Worker(folder));
		const all = new Workers(folder, workers);
		await all.ready().catch(async (cause: unknown) => {
			await all.stop();
			throw cause;
		});
		return all;
	}

	/** Has all of them do the same at once. */
	async run(round: Round): Promise<readonly RoundEnd[]> {
		this.rounds += 1;
		const file = join(this.folder, roundFile(this.rounds));
		writeFileSync(`${file}.new`, JSON.stringify(round));
		renameSync(`${file}.new`, file);
		const ends = await Promise.all(this.workers.map(async (worker) => await worker.line()));
		await this.ready();
		return ends.map((line) => JSON.parse(line) as RoundEnd);
	}

	async stop(): Promise<void> {
		for (const worker of this.workers) await worker.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async ready(): Promise<void> {
		for (const worker of this.workers) {
			const line = await worker.line();
			if (line !== READY) throw new Error(`A worker said: ${line}`);
		}
	}
}

class Worker {
	private readonly process: ChildProcess;
	private readonly lines: Interface;
	private readonly said: string[] = [];
	private complaint = '';
	private readonly waiting: Array<{
		readonly resolve: (line: string) => void;
		readonly reject: (cause: Error) => void;
	}> = [];

	constructor(folder: string) {
		this.process = spawnGuarded({
			command: process.execPath,
			args: ['--import', pathToFileURL(TSX).href, join(__dirname, 'main.ts'), folder],
			output: ['pipe', 'pipe'],
		});
		if (this.process.stdout === null) throw new Error('A worker has no output');
		this.process.stderr?.on('data', (data: Buffer) => (this.complaint += data.toString()));
		this.lines = createInterface(this.process.stdout);
		this.lines.on('line', (line) => {
			const next = this.waiting.shift();
			if (next === undefined) this.said.push(line);
			else next.resolve(line);
		});
		this.lines.on('close', () => {
			for (const { reject } of this.waiting.splice(0))
				reject(new Error(`A worker has ended: ${this.complaint}`));
		});
	}

	/** The next line that it says. */
	async line(): Promise<string> {
		const line = this.said.shift();
		if (line !== undefined) return line;
		if (this.process.exitCode !== null) throw new Error(`A worker has ended: ${this.complaint}`);
		return await new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
	}

	async stop(): Promise<void> {
		const ended = new Promise((resolve) => this.process.once('exit', resolve));
		if (this.process.exitCode !== null) return;
		this.process.stdin?.end();
		await ended;
	}
}
