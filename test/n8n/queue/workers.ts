import { freePort } from '../rig/freePort';
import type { Home } from '../rig/home';
import type { N8nInstallation } from '../rig/n8nInstallation';
import { Service } from '../rig/service';

/** Executions in work at once at each worker. n8n's own default is 10. */
const CONCURRENCY = 5;

/** A worker of n8n's queue mode. */
export class Worker {
	private constructor(
		private readonly service: Service,
		readonly settings: NodeJS.ProcessEnv,
	) {}

	static async start(
		n8n: N8nInstallation,
		home: Home,
		settings: NodeJS.ProcessEnv,
	): Promise<Worker> {
		const port = String(await freePort());
		const env = { ...home.env, ...settings, N8N_RUNNERS_BROKER_PORT: port };
		const args = [n8n.program, 'worker', `--concurrency=${CONCURRENCY}`];
		const service = await Service.start(
			{ program: n8n.node.program, args, cwd: home.folder, env },
			(log) => log.includes('worker is now ready'),
		);
		return new Worker(service, settings);
	}

	/** IDs of the executions it has begun. */
	get started(): readonly string[] {
		return this.executionsThat('started');
	}

	/** IDs of those it has begun and not ended. */
	get atWork(): readonly string[] {
		const finished = this.executionsThat('finished');
		return this.started.filter((id) => !finished.includes(id));
	}

	async stop(): Promise<void> {
		await this.service.stop();
	}

	/** `kill -9`. */
	async kill(): Promise<void> {
		await this.service.kill();
	}

	private executionsThat(what: 'started' | 'finished'): string[] {
		const lines = this.service.log.matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'));
		return [...lines].map(([, id = '']) => id);
	}
}
