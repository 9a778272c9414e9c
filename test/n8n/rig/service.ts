import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { groupLives, runningGroups, signalGroup } from './leaveNothing';

const READY_WITHIN_MS = 240_000;
const STOP_WITHIN_MS = 20_000;
const LAST_WORDS_WITHIN_MS = 2_000;

export interface ServiceCommand {
	readonly program: string;
	readonly args: readonly string[];
	readonly cwd: string;
	readonly env: NodeJS.ProcessEnv;
	/** Whose process it is; by default the caller's. */
	readonly as?: { readonly uid: number; readonly gid: number };
}

/** A program that runs until it is told to end, with all the processes it starts. */
export class Service {
	private output = '';
	/** Once it has ended and all it wrote was read. */
	private readonly closed: Promise<void>;

	private constructor(private readonly child: ChildProcess) {
		this.closed = new Promise((resolve) => child.once('close', () => resolve()));
		const keep = (chunk: Buffer): void => {
			this.output = (this.output + chunk.toString()).slice(-500_000);
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.once('error', (cause) => keep(Buffer.from(cause.message)));
	}

	/** Starts it and waits until it is ready. Throws with its last words where it is not. */
	static async start(
		{ program, args, cwd, env, as }: ServiceCommand,
		isReady: (log: string) => boolean | Promise<boolean>,
	): Promise<Service> {
		// A group of its own: what it starts has to end with it.
		const how = { cwd, env, detached: true, ...as };
		const child = spawn(program, args, { ...how, stdio: ['ignore', 'pipe', 'pipe'] });
		if (child.pid !== undefined) runningGroups.add(child.pid);
		const service = new Service(child);
		const deadline = Date.now() + READY_WITHIN_MS;
		while (!(await isReady(service.log))) {
			if (child.pid === undefined || child.exitCode !== null || Date.now() > deadline) {
				await service.stop();
				throw new Error(`${program} did not start:\n${service.log.slice(-3000)}`);
			}
			await wait(100);
		}
		return service;
	}

	/** What it has written so far. */
	get log(): string {
		return this.output;
	}

	/** Whether it has ended, by itself or otherwise. */
	get hasEnded(): boolean {
		return this.child.exitCode !== null || this.child.signalCode !== null;
	}

	/** Ends it as its own way of ending has it, by force where it takes too long. */
	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** Ends it with SIGINT: PostgreSQL then cuts its clients off, and ends in order. */
	async interrupt(): Promise<void> {
		await this.end('SIGINT');
	}

	/** Ends it as a power cut would: no time to save anything. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
	}

	/** Stops it where it is, as a machine that sleeps; `goOn` wakes it. */
	pause(): void {
		this.signal('SIGSTOP');
	}

	goOn(): void {
		this.signal('SIGCONT');
	}

	private signal(signal: NodeJS.Signals): void {
		const { pid } = this.child;
		if (pid !== undefined) signalGroup(pid, signal);
	}

	private async end(signal: NodeJS.Signals): Promise<void> {
		const { pid } = this.child;
		if (pid === undefined) return;
		signalGroup(pid, signal);
		const deadline = Date.now() + STOP_WITHIN_MS;
		while (groupLives(pid)) {
			if (Date.now() > deadline) signalGroup(pid, 'SIGKILL');
			await wait(50);
		}
		runningGroups.delete(pid);
		await Promise.race([this.closed, wait(LAST_WORDS_WITHIN_MS)]);
	}
}
