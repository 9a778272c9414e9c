import assert from 'node:assert/strict';
import { AtOnce } from '../queue/atOnce';
import { ADVISED, Cluster } from '../queue/cluster';
import { Counting, countLine } from '../queue/count';
import { GIVES_AGAIN } from '../queue/orders';
import { Outbox } from '../queue/outbox';
import type { Scenario } from './scenario';

const ORDERS = 6;
const PAYMENT_TIMEOUT = 60;

/** What n8n evaluates expressions with; `vm` is what it comes with. No other variable is needed. */
const ENGINES = ['vm', 'legacy'] as const;

const settingsOf: Readonly<Record<string, NodeJS.ProcessEnv>> = Object.fromEntries(
	ENGINES.map((engine) => [engine, { ...ADVISED, N8N_EXPRESSION_ENGINE: engine }]),
);

/** Both ways of working, with each of n8n's engines for expressions. */
export const engineQueueScenarios: readonly Scenario[] = ENGINES.map((engine) => ({
	name: `queue mode: N8N_EXPRESSION_ENGINE=${engine}: each picture paid once`,
	part: 'queue',
	run: async (app) => {
		const cluster = await Cluster.beside(app, settingsOf[engine] ?? ADVISED);
		for (const world of [
			new AtOnce(cluster, PAYMENT_TIMEOUT),
			await Outbox.open(cluster, GIVES_AGAIN, true),
		]) {
			const sent = world.prepare(ORDERS);
			const counting = new Counting(world.orders);
			await world.send(sent);
			const count = await counting.count(world, sent, await world.finish(sent));
			process.stdout.write(countLine(`expressions by ${engine}; ${world.title}`, count));
			const { pictures, payments, held, spentSat, reportedSat, retried, sentAgain } = count;
			assert.deepEqual([payments, held, reportedSat], [pictures, pictures, spentSat]);
			assert.deepEqual([retried, sentAgain], [0, 0]);
		}
	},
}));
