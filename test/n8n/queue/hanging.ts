import type { LedgerEntry } from '../../../sandbox/ledger';
import { until } from '../scenarios/until';
import type { Orders } from './orders';

const HANGS_WITHIN_MS = 180_000;

type Place = 'pay' | 'redeem';

/** One payment that goes through and is never answered, or one paid request that nothing comes of. */
export class Hanging {
	private readonly seen = new Set<string>();
	private struck: string | null = null;

	/** `count`: how many purchases of these orders get there before it strikes, itself included. */
	constructor(
		private readonly orders: Orders,
		private readonly place: Place,
		count: number,
		of: readonly number[],
	) {
		const match = ({ paymentHash }: { readonly paymentHash: string | null }): boolean => {
			if (paymentHash === null) return false;
			// The sandbox asks more than once about the same request.
			if (this.struck !== null) return this.struck === paymentHash;
			if (!of.includes(orders.orderOf(this.entryOf(paymentHash)))) return false;
			this.seen.add(paymentHash);
			if (this.seen.size < count) return false;
			this.struck = paymentHash;
			return true;
		};
		if (place === 'pay') {
			orders.sandbox.faults.push({ at: 'pay', fault: { kind: 'hangAfter' }, match });
		} else {
			orders.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' }, match });
		}
	}

	/** Waits until it hangs. Answers the execution that waits there. */
	async execution(): Promise<string> {
		await until(`a hanging ${this.place}`, () => this.struck !== null, HANGS_WITHIN_MS);
		return this.orders.executionOf(this.orders.orderOf(this.entryOf(this.struck)));
	}

	private entryOf(hash: string | null): LedgerEntry {
		const entry = this.orders.sandbox.ledger.find(({ paymentHash }) => paymentHash === hash);
		if (entry === undefined) throw new Error('What hangs is in no book');
		return entry;
	}
}
