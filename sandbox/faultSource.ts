import type { FaultPlan, FaultSubject } from './faultPlan';
import type { FaultAt, FaultPlace } from './faults';
import { readFaults } from './faultText';
import { sha256Hex } from './requestLog';

/** The plan of the tests and the faults a request names for itself, as one. */
export class FaultSource {
	/** How often a named fault has struck, by its text and what it struck. */
	readonly #struck = new Map<string, number>();

	constructor(private readonly plan: FaultPlan) {}

	/** Whether the connection is to be cut before the body is read. */
	cutsBeforeReading(at: FaultPlace, subject: FaultSubject, text: string): boolean {
		const named = readFaults(text, at).some(({ fault }) => fault.kind === 'cutBeforeReading');
		return named || this.plan.takeIf(at, 'cutBeforeReading', subject);
	}

	/** Faults named in the request come first. */
	take<P extends FaultPlace>(at: P, subject: FaultSubject, text: string): FaultAt<P> | null {
		for (const named of readFaults(text, at)) {
			const key = `${named.text} ${subject.paymentHash ?? sha256Hex(subject.body)}`;
			const count = this.#struck.get(key) ?? 0;
			if (count >= named.times) continue;
			this.#struck.set(key, count + 1);
			return named.fault;
		}
		return this.plan.take(at, subject);
	}
}
