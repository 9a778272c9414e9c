import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnGuarded } from '../prepare/guarded';

export interface ServerCommand {
	/** For messages. */
	readonly name: string;
	readonly command: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly logFile: string;
}

/** A server of the lab: started, waited for, stopped. */
export class ServerProcess {
	private readonly ended: Promise<void>;
	private hasEnded = false;

	private constructor(
		private readonly server: ServerCommand,
		private readonly guard: ChildProcess,
	) {
		this.ended = new Promise((resolve) => {
			guard.once('exit', () => {
				this.hasEnded = true;
				resolve();
			});
		});
	}

	static start(server: ServerCommand): ServerProcess {
		const log = openSync(server.logFile, 'a');
		const guard = spawnGuarded({ ...server, output: [log, log] });
		closeSync(log);
		return new ServerProcess(server, guard);
	}

	/** Asks until the answer is not null. Throws, with the end of the log, when that takes too long. */
	async until<T>(
		what: string,
		ask: () => Promise<T | null> | T | null,
		timeoutMs = 120_000,
	): Promise<T> {
		const deadlineAt = Date.now() + timeoutMs;
		for (;;) {
			const answer = await Promise.resolve(ask()).catch(() => null);
			if (answer !== null) return answer;
			if (this.hasEnded) throw new Error(`${this.server.name} has ended:\n${this.log()}`);
			if (Date.now() > deadlineAt) {
				throw new Error(`${this.server.name}: no ${what} in time:\n${this.log()}`);
			}
			await wait(50);
		}
	}

	/** The last lines the server wrote. */
	log(lines = 20): string {
		const text = readFileSync(this.server.logFile, 'utf8');
		const last = text.trim().split('\n').slice(-lines);
		return last.map((line) => line.slice(0, 300)).join('\n');
	}

	/** Ends it as a power cut does. */
	async kill(): Promise<void> {
		this.guard.stdin?.end('kill\n');
		await this.ended;
	}

	async stop(): Promise<void> {
		this.guard.stdin?.end();
		await this.ended;
	}
}
