import { App } from '../rig/app';
import { makeHome } from '../rig/home';
import type { SavedWorkflow } from '../rig/session';
import { savedWallet } from '../scenarios/purchase';
import { GIVES_AGAIN, Orders } from './orders';
import { allAtOnce, inRounds, type PromptWorkflow, type Shop } from './orderWorkflows';
import { queuePrograms } from './programs';
import { openStores, type Stores } from './stores';
import { Worker } from './workers';

/** As `docs/scaling.md` advises: n8n does not run again by itself what a dead worker had at work. */
export const ADVISED: NodeJS.ProcessEnv = { QUEUE_WORKER_MAX_STALLED_COUNT: '0' };
/** As n8n comes. */
export const DEFAULT: NodeJS.ProcessEnv = {};

/** n8n finds out after seconds in place of minutes that a worker is dead, to keep the tests short. */
const QUICK: NodeJS.ProcessEnv = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};
/** Where every process finds the pictures. n8n 2 does so by itself in queue mode. */
const FILES: NodeJS.ProcessEnv = {
	N8N_AVAILABLE_BINARY_DATA_MODES: 'database',
	N8N_DEFAULT_BINARY_DATA_MODE: 'database',
};
/** As n8n 3 will have it; without it the main process executes what is started by hand. */
const BY_HAND: NodeJS.ProcessEnv = { OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' };
const WORKERS = 2;

const clusters = new WeakMap<App, Cluster>();

/** A workflow that n8n has, and that takes orders. */
export type SavedPrompts = PromptWorkflow & { readonly saved: SavedWorkflow };

async function published({ session }: App, prompts: PromptWorkflow): Promise<SavedPrompts> {
	const saved = await session.createWorkflow(prompts.workflow);
	await session.activate(saved);
	return { ...prompts, saved };
}

/** n8n on several machines: a main process, workers, the stores they share, and a shop. */
export class Cluster {
	readonly workers: Worker[] = [];
	/** What has ended by itself and was started again. */
	readonly revived: string[] = [];

	private constructor(
		readonly main: App,
		readonly stores: Stores,
		readonly orders: Orders,
		readonly shop: Shop,
		readonly atOnce: SavedPrompts,
		readonly rounds: SavedPrompts,
	) {}

	/**
	 * The one beside an n8n, which it is closed with; opened where there is none yet. It has two
	 * workers with these settings, and nothing is at fault.
	 */
	static async beside(app: App, settings: NodeJS.ProcessEnv): Promise<Cluster> {
		const cluster = clusters.get(app) ?? (await Cluster.open(app));
		cluster.orders.watch();
		for (const worker of [...cluster.workers]) {
			if (worker.settings !== settings || worker.hasEnded) await cluster.stop(worker);
		}
		while (cluster.workers.length < WORKERS) await cluster.addWorker(settings);
		return cluster;
	}

	private static async open(app: App): Promise<Cluster> {
		const { n8n, home, companions } = app;
		const programs = queuePrograms();
		if (programs === null) throw new Error('No Redis or no PostgreSQL');
		const stores = await openStores(programs);
		companions.push(stores);
		const orders = await Orders.open(app.outside.drive, GIVES_AGAIN);
		const env = { ...stores.env, ...QUICK, ...FILES, ...BY_HAND, ...app.outside.env };
		const main = new App(n8n, await makeHome(n8n, home.packed, env), orders.sandbox, app.outside);
		companions.unshift(main);
		await main.start();
		main.companions.push(orders);
		const credential = await savedWallet(main, { url: orders.lines.wallet.url });
		const shop = { serviceUrl: orders.lines.service.url, credential };
		const cluster = new Cluster(
			main,
			stores,
			orders,
			shop,
			await published(main, allAtOnce(shop)),
			await published(main, inRounds(shop, main.home.files)),
		);
		companions.unshift({ close: async () => await cluster.stopAll() });
		clusters.set(app, cluster);
		return cluster;
	}

	async addWorker(settings: NodeJS.ProcessEnv): Promise<Worker> {
		const worker = await Worker.start(this.main.n8n, this.main.home, settings);
		this.workers.push(worker);
		return worker;
	}

	/** The worker that has an execution at work. */
	workerOf(executionId: string): Worker {
		const worker = this.workers.find(({ atWork }) => atWork.includes(executionId));
		if (worker === undefined) {
			const work = this.workers.map(({ started, atWork }) => ({ started, atWork }));
			throw new Error(`No worker has execution ${executionId}: ${JSON.stringify(work)}`);
		}
		return worker;
	}

	/** Ends a worker with `kill -9`. Answers the IDs of the executions it had at work. */
	async kill(worker: Worker): Promise<readonly string[]> {
		this.workers.splice(this.workers.indexOf(worker), 1);
		await worker.kill();
		return worker.atWork;
	}

	/** Starts again what has ended by itself, as a supervisor does. */
	async revive(): Promise<void> {
		const ended = this.workers.filter(({ hasEnded }) => hasEnded);
		if (await this.main.revive()) this.revived.push('the main process');
		for (const worker of ended) {
			await this.stop(worker);
			await this.addWorker(worker.settings);
			this.revived.push('a worker');
		}
	}

	/** Tells a worker to end, and waits until it has. */
	async stop(worker: Worker): Promise<void> {
		this.workers.splice(this.workers.indexOf(worker), 1);
		await worker.stop();
	}

	private async stopAll(): Promise<void> {
		await Promise.all(this.workers.splice(0).map(async (worker) => await worker.stop()));
	}
}
