import type { Execution } from '../rig/execution';
import type { Orders } from './orders';

/** A way of working whose books can be counted: without an outbox, or with one. */
export interface World {
	readonly title: string;
	readonly orders: Orders;
	/** Orders of five pictures that nobody has sent yet. */
	prepare(count: number): readonly number[];
	send(orders: readonly number[]): Promise<void>;
	/** Their owner does what n8n lets him do, until every picture is there. Throws where it takes too long. */
	finish(sent: readonly number[]): Promise<Owner>;
	/** sha256 of the pictures that are where they belong. */
	held(sent: readonly number[]): Promise<ReadonlySet<string>>;
	/** What n8n has saved of all executions that had to do with them. */
	executions(): Promise<readonly Execution[]>;
}

/** What an owner had to do. */
export interface Owner {
	/** Failed executions that he pressed *Retry* of, and that then went on. */
	readonly retried: number;
	/** Orders that he sent again, once for each time. */
	readonly resent: readonly number[];
	/** What n8n says of executions that never ended. */
	readonly left: readonly string[];
}
