import type { Sandbox } from '../../../sandbox/startSandbox';
import { App } from '../rig/app';
import { makeHome } from '../rig/home';
import type { N8nInstallation } from '../rig/n8nInstallation';
import type { PackedPackage } from '../rig/packedPackage';
import type { QueuePrograms } from './programs';
import { openStores, type Stores } from './stores';
import { Worker } from './workers';

/**
 * As `docs/scaling.md` advises. n8n looks for stalled executions every few seconds here, so that
 * the tests see soon what becomes of them.
 */
const SETTINGS = {
	QUEUE_WORKER_MAX_STALLED_COUNT: '0',
	QUEUE_WORKER_LOCK_DURATION: '8000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

/** n8n on several machines: a main process, workers, and the stores they share. */
export class Cluster {
	readonly workers: Worker[] = [];

	private constructor(
		readonly main: App,
		private readonly stores: Stores,
	) {}

	/** Starts the main process; `more` are settings that differ from the advised ones. */
	static async open(
		n8n: N8nInstallation,
		packed: PackedPackage,
		programs: QueuePrograms,
		sandbox: Sandbox,
		more: NodeJS.ProcessEnv = {},
	): Promise<Cluster> {
		const stores = await openStores(programs);
		const mode = { N8N_DEFAULT_BINARY_DATA_MODE: n8n.queueBinaryMode };
		const home = await makeHome(n8n, packed, { ...stores.env, ...SETTINGS, ...mode, ...more });
		const cluster = new Cluster(new App(n8n, home, sandbox), stores);
		await cluster.main.start().catch(async (cause: unknown) => {
			await cluster.close();
			throw cause;
		});
		return cluster;
	}

	async addWorker(): Promise<Worker> {
		const worker = await Worker.start(this.main.n8n, this.main.home);
		this.workers.push(worker);
		return worker;
	}

	/** Ends a worker with `kill -9`. Answers the IDs of the executions it had at work. */
	async killWorkerOf(executionId: string): Promise<readonly string[]> {
		const at = this.workers.findIndex(({ atWork }) => atWork.includes(executionId));
		const [worker] = this.workers.splice(at, at < 0 ? 0 : 1);
		if (worker === undefined) throw new Error(`No worker has execution ${executionId} at work`);
		await worker.kill();
		return worker.atWork;
	}

	/** All but the sandbox, which is the caller's. */
	async close(): Promise<void> {
		await Promise.all(this.workers.map(async (worker) => await worker.stop()));
		await this.main.stop();
		this.main.home.remove();
		await this.stores.close();
	}
}
