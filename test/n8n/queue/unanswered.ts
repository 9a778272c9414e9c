import type { Cluster } from './cluster';
import type { Orders } from './orders';

/** n8n has begun executions whose callers never got an answer: their owner finds them in its list. */
export class Unanswered {
	/** Executions whose orders are known. */
	private readonly read = new Set<string>();

	constructor(
		private readonly cluster: Cluster,
		private readonly orders: Orders,
	) {}

	/** Notes the newest execution of each of these orders that has none. */
	async find(sent: readonly number[]): Promise<void> {
		const { main, atOnce } = this.cluster;
		if (sent.every((order) => this.orders.executions.has(order))) return;
		for (const id of await main.session.executionsOf(atOnce.saved)) {
			if (this.read.has(id) || this.orders.everyExecution.has(id)) continue;
			this.read.add(id);
			const { data } = await main.session.stored(id);
			const order = Number(/order (\d+), picture/.exec(data)?.[1]);
			if (sent.includes(order) && !this.orders.executions.has(order)) this.orders.note(order, id);
		}
	}
}
