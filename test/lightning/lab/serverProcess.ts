import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs the server as long as standard input is open, and ends it after that: gently, and by force
 * after 20 seconds. Standard input closes when the tests end, however they end.
 */
const GUARD = `exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(
	cat <&3 >/dev/null
	kill "$server"
	for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		sleep 1
		kill -0 "$server" 2>/dev/null || exit 0
	done
	kill -9 "$server"
) 2>/dev/null &
wait "$server"`;

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
		const guard = spawn('sh', ['-c', GUARD, 'guard', server.command, ...server.args], {
			cwd: server.cwd,
			env: { ...process.env, ...server.env },
			stdio: ['pipe', log, log],
			// An interrupt at the terminal is for the tests; they end the servers.
			detached: true,
		});
		closeSync(log);
		return new ServerProcess(server, guard);
	}

	/** Asks until the answer is not null. Throws, with the end of the log, when that takes too long. */
	async until<T>(
		what: string,
		ask: () => Promise<T | null> | T | null,
		timeoutMs = 60_000,
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

	async stop(): Promise<void> {
		this.guard.stdin?.end();
		await this.ended;
	}
}
