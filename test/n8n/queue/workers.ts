import { makeHome, type Home } from '../rig/home';
import type { N8nInstallation } from '../rig/n8nInstallation';
import { Service } from '../rig/service';

/** Executions in work at once at each worker. n8n's own default is 10. */
export const CONCURRENCY = 5;

/** A worker of n8n's queue mode, with a home of its own as on another machine. */
export class Worker {
	private constructor(
		private readonly service: Service,
		private readonly home: Home,
		readonly settings: NodeJS.ProcessEnv,
	) {}

	/** `main` is the home of the main process, whose files the worker may write. */
	static async start(
		n8n: N8nInstallation,
		main: Home,
		settings: NodeJS.ProcessEnv,
	): Promise<Worker> {
		const home = await makeHome(n8n, main.packed);
		const { N8N_USER_FOLDER, N8N_RUNNERS_BROKER_PORT } = home.env;
		const env = { ...main.env, ...settings, N8N_USER_FOLDER, N8N_RUNNERS_BROKER_PORT };
		const args = [n8n.program, 'worker', `--concurrency=${CONCURRENCY}`];
		const service = await Service.start(
			{ program: n8n.node.program, args, cwd: home.folder, env },
			(log) => log.includes('worker is now ready'),
		);
		return new Worker(service, home, settings);
	}

	/** IDs of the executions it has begun. */
	get started(): readonly string[] {
		return this.executionsThat('started');
	}

	/** IDs of those it has begun and not ended. */
	get atWork(): readonly string[] {
		const finished = this.executionsThat('finished|errored while running');
		return this.started.filter((id) => !finished.includes(id));
	}

	/** Whether its process has ended by itself. */
	get hasEnded(): boolean {
		return this.service.hasEnded;
	}

	async stop(): Promise<void> {
		await this.service.stop();
		this.home.remove();
	}

	/** `kill -9`. */
	async kill(): Promise<void> {
		await this.service.kill();
		this.home.remove();
	}

	/** It stands still, as a machine that sleeps, until it is told to go on. */
	pause(): void {
		this.service.pause();
	}

	goOn(): void {
		this.service.goOn();
	}

	/** `what`: a regular expression. */
	private executionsThat(what: string): string[] {
		const lines = this.service.log.matchAll(new RegExp(`Worker (?:${what}) execution (\\d+)`, 'g'));
		return [...lines].map(([, id = '']) => id);
	}
}
