import type { IncomingHttpHeaders } from 'node:http';
import type { FaultAt, FaultPlace } from './faults';
import type { Operation } from './service/endpoints';

/** What `match` may decide by. The body is empty where it is not read yet (`cutBeforeReading`). */
export interface FaultSubject {
	/** At the wallet: what the invoice is for, if the service made it. */
	readonly operation: Operation | null;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
	/** Of the credential, the invoice to pay or the payment looked up; null where there is none. */
	readonly paymentHash: string | null;
}

export interface PlannedFault<P extends FaultPlace = FaultPlace> {
	readonly at: P;
	readonly fault: FaultAt<P>;
	/** How many requests it strikes. Default 1; Infinity is allowed. */
	readonly times?: number;
	readonly match?: (subject: FaultSubject) => boolean;
}

interface Entry<P extends FaultPlace> {
	readonly fault: FaultAt<P>;
	readonly match: (subject: FaultSubject) => boolean;
	timesLeft: number;
}

type Queues = { [P in FaultPlace]: Entry<P>[] };

function emptyQueues(): Queues {
	return {
		ask: [],
		redeem: [],
		link: [],
		jobStatus: [],
		withdraw: [],
		claim: [],
		pay: [],
		makeInvoice: [],
		lookup: [],
		list: [],
		feeReserve: [],
		wallet: [],
	};
}

/** Faults to come, oldest first for each place. */
export class FaultPlan {
	#queues = emptyQueues();

	push<P extends FaultPlace>(planned: PlannedFault<P>): void {
		const queue: Entry<P>[] = this.#queues[planned.at];
		queue.push({
			fault: planned.fault,
			match: planned.match ?? (() => true),
			timesLeft: planned.times ?? 1,
		});
	}

	clear(): void {
		this.#queues = emptyQueues();
	}

	/** How many strikes are still to come, over all places. */
	get left(): number {
		return Object.values(this.#queues)
			.flat()
			.reduce((sum, entry) => sum + entry.timesLeft, 0);
	}

	/** The oldest fault of this place that fits, counted down; null where there is none. */
	take<P extends FaultPlace>(at: P, subject: FaultSubject): FaultAt<P> | null {
		const entry = this.#next(at, subject);
		if (entry === null) return null;
		entry.timesLeft -= 1;
		return entry.fault;
	}

	/** Like `take`, but only if the next fault has this kind. */
	takeIf<P extends FaultPlace>(at: P, kind: FaultAt<P>['kind'], subject: FaultSubject): boolean {
		const entry = this.#next(at, subject);
		if (entry === null || entry.fault.kind !== kind) return false;
		entry.timesLeft -= 1;
		return true;
	}

	#next<P extends FaultPlace>(at: P, subject: FaultSubject): Entry<P> | null {
		const queue: Entry<P>[] = this.#queues[at];
		return queue.find((entry) => entry.timesLeft > 0 && entry.match(subject)) ?? null;
	}
}
