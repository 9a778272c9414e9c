import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Home } from './home';
import { groupLives, runningGroups, signalGroup } from './leaveNothing';
import type { N8nInstallation } from './n8nInstallation';

const READY_WITHIN_MS = 240_000;
const STOP_WITHIN_MS = 20_000;

/** A running n8n: editor, REST API, webhooks and triggers. */
export class Server {
	private output = '';

	private constructor(
		readonly url: string,
		private readonly child: ChildProcess,
	) {
		const keep = (chunk: Buffer): void => {
			this.output = (this.output + chunk.toString()).slice(-200_000);
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
	}

	/** Starts n8n and waits until it answers. Throws with its last words where it does not. */
	static async start(n8n: N8nInstallation, home: Home): Promise<Server> {
		const child = spawn(n8n.node.program, [n8n.program, 'start'], {
			cwd: home.folder,
			env: home.env,
			// A group of its own: its task runner is a child, and has to end with it.
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		if (child.pid !== undefined) runningGroups.add(child.pid);
		const server = new Server(`http://127.0.0.1:${home.port}`, child);
		await server.ready().catch(async (cause: unknown) => {
			await server.stop();
			throw cause;
		});
		return server;
	}

	/** What n8n has written so far. */
	get log(): string {
		return this.output;
	}

	async stop(): Promise<void> {
		await this.end('SIGTERM');
	}

	/** As a power cut would: no time to save anything. */
	async kill(): Promise<void> {
		await this.end('SIGKILL');
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
	}

	private async ready(): Promise<void> {
		const deadline = Date.now() + READY_WITHIN_MS;
		while (Date.now() < deadline) {
			if (this.child.exitCode !== null) break;
			const isReady = await fetch(`${this.url}/rest/settings`)
				.then((answer) => answer.ok && answer.headers.get('content-type')?.includes('json'))
				.catch(() => false);
			if (isReady) return;
			await wait(200);
		}
		throw new Error(`n8n did not start:\n${this.output.slice(-3000)}`);
	}
}
