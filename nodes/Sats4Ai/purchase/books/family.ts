/**
 * The budget of an execution together with the executions that retry it, as far as this process has
 * seen them: each begins with a copy of the same books, and none of them may spend the same money
 * again. Payments under way are waited for by all of them.
 */
export class Family {
	/** What each attempt has spent. An older copy of the books knows less, never something else. */
	private readonly spent = new Map<string, bigint>();
	/** What open purchases take or may still take, by payment hash. */
	private readonly reserved = new Map<string, bigint>();
	private readonly beingPaid = new Set<string>();
	private waiting: Array<() => void> = [];
	private committed = 0n;
	private itemsAtWork = 0;
	/** Whether the last picture could not be stored: what is bought then would be lost too. */
	storingFails = false;

	constructor(readonly id: string) {}

	/** Spent and reserved, in thousandths of a sat. */
	get committedMsat(): bigint {
		return this.committed;
	}

	/** Takes over what saved books say that an attempt has spent. */
	learn(attempt: string, spentMsat: bigint): void {
		const knownMsat = this.spentBy(attempt);
		if (spentMsat <= knownMsat) return;
		this.spent.set(attempt, spentMsat);
		this.committed += spentMsat - knownMsat;
	}

	spentBy(attempt: string): bigint {
		return this.spent.get(attempt) ?? 0n;
	}

	reserve(paymentHash: string, msat: bigint): void {
		this.committed += msat - (this.reserved.get(paymentHash) ?? 0n);
		this.reserved.set(paymentHash, msat);
	}

	free(paymentHash: string): void {
		this.committed -= this.reserved.get(paymentHash) ?? 0n;
		this.reserved.delete(paymentHash);
	}

	/** What was reserved is spent. */
	spend(paymentHash: string, msat: bigint, attempt: string): void {
		this.free(paymentHash);
		this.learn(attempt, this.spentBy(attempt) + msat);
	}

	/** An item of one of the executions begins, or has ended. */
	itemBegins(): void {
		this.itemsAtWork += 1;
	}

	itemEnds(): void {
		this.itemsAtWork -= 1;
	}

	/** While an item is at work, its execution counts on what is reserved. */
	get isAtWork(): boolean {
		return this.itemsAtWork > 0;
	}

	paymentBegins(paymentHash: string): void {
		this.beingPaid.add(paymentHash);
	}

	/** The payment has ended, well or badly: its reservation is final and others may look again. */
	paymentEnds(paymentHash: string): void {
		this.beingPaid.delete(paymentHash);
		for (const resolve of this.waiting.splice(0)) resolve();
	}

	/** Whether a payment is under way that may free some of its reservation. */
	get mayFreeUp(): boolean {
		return this.beingPaid.size > 0;
	}

	/** Resolves when a payment ends. */
	async nextChange(): Promise<void> {
		await new Promise<void>((resolve) => this.waiting.push(resolve));
	}
}
