import { startSandbox } from '../../sandbox/startSandbox';
import { installN8n } from '../../test/n8n/install/installN8n';
import { installNode24 } from '../../test/n8n/install/installNode24';
import { n8nVersions } from '../../test/n8n/install/versions';
import { startOutsideWorld } from '../../test/n8n/outside/outsideWorld';
import { Orders } from '../../test/n8n/queue/orders';
import { allAtOnce, PICTURES, type OrderWorkflow } from '../../test/n8n/queue/orderWorkflows';
import { queuePrograms } from '../../test/n8n/queue/programs';
import { openStores } from '../../test/n8n/queue/stores';
import { CONCURRENCY, Worker } from '../../test/n8n/queue/workers';
import { App } from '../../test/n8n/rig/app';
import { makeHome } from '../../test/n8n/rig/home';
import { packPackage, type PackedPackage } from '../../test/n8n/rig/packedPackage';
import { savedWallet } from '../../test/n8n/scenarios/purchase';
import { busyPercent, processorTimes } from '../report/machine';

/** Pictures a minute, for each round. */
export interface QueueFigures {
	readonly n8n: string;
	/** Executions that a worker has at work at once. */
	readonly atOnce: number;
	readonly oneWorker: readonly number[];
	readonly twoWorkers: readonly number[];
	/** Per cent of the machine's processors in use in each round, by whatever ran there. */
	readonly busyWithOne: readonly number[];
	readonly busyWithTwo: readonly number[];
}

const SERVER_MS = 200;
const ROUNDS = 3;
/** Of as many pictures as `PICTURES` says. */
const ORDERS = 60;
const WARM_UP_ORDERS = 10;
/** n8n 2 keeps files so by itself in queue mode. */
const FILES = { N8N_DEFAULT_BINARY_DATA_MODE: 'database' };

/**
 * The whole n8n in queue mode, with Redis and PostgreSQL on this machine: orders are sent over a webhook,
 * and the clock runs until the last one has ended, with one worker and with two. Throws, saying
 * why, where something is not installed.
 */
export async function measureQueue(): Promise<QueueFigures> {
	const programs = queuePrograms();
	if (programs === null) throw new Error('Redis or PostgreSQL is not installed');
	const version = n8nVersions.at(-1);
	if (version === undefined) throw new Error('No version of n8n is known');
	const node = await installNode24();
	const n8n = { ...version, program: await installN8n(version, node), node };
	const packed = await packPackage();
	const stores = await openStores(programs);
	try {
		return await withStores(n8n, packed, { ...stores.env, ...FILES });
	} finally {
		await stores.close();
		packed.remove();
	}
}

interface Rounds {
	readonly pictures: readonly number[];
	readonly busy: readonly number[];
}

async function withStores(
	n8n: App['n8n'],
	packed: PackedPackage,
	env: NodeJS.ProcessEnv,
): Promise<QueueFigures> {
	const settings = { balanceSat: 100_000_000, processingDelayMs: SERVER_MS };
	const sandbox = await startSandbox({ pictures: 'plain', ...settings });
	const outside = await startOutsideWorld(sandbox.serviceUrl);
	const main = new App(n8n, await makeHome(n8n, packed, env), sandbox, outside);
	const workers: Worker[] = [];
	try {
		await main.start();
		const orders = await Orders.of(sandbox, outside.drive);
		main.companions.push(orders);
		orders.watch();
		const shop = { serviceUrl: sandbox.serviceUrl, credential: await savedWallet(main) };
		const workflow = allAtOnce(shop);
		await main.session.activate(await main.session.createWorkflow(workflow.workflow));
		const round = async (count: number) => await picturesAMinute(main, orders, workflow, count);
		const rounds = async (): Promise<Rounds> => {
			workers.push(await Worker.start(n8n, main.home, {}));
			await round(WARM_UP_ORDERS);
			const pictures: number[] = [];
			const busy: number[] = [];
			while (pictures.length < ROUNDS) {
				const before = processorTimes();
				pictures.push(await round(ORDERS));
				busy.push(busyPercent(before, processorTimes()));
			}
			return { pictures, busy };
		};
		const one = await rounds();
		const two = await rounds();
		return {
			n8n: n8n.version,
			atOnce: CONCURRENCY,
			oneWorker: one.pictures,
			twoWorkers: two.pictures,
			busyWithOne: one.busy,
			busyWithTwo: two.busy,
		};
	} finally {
		await Promise.all(workers.map(async (worker) => await worker.stop()));
		await main.close();
	}
}

async function picturesAMinute(
	main: App,
	orders: Orders,
	workflow: OrderWorkflow,
	count: number,
): Promise<number> {
	const sent = orders.next(count);
	const startedAt = performance.now();
	await orders.send(main, workflow, sent);
	for (const order of sent) await main.session.ended(orders.executionOf(order), 600_000);
	const minutes = (performance.now() - startedAt) / 60_000;
	const bought = orders.paidFor(sent).length;
	if (bought !== count * PICTURES) throw new Error(`${bought} pictures of ${count} orders`);
	return (count * PICTURES) / minutes;
}
