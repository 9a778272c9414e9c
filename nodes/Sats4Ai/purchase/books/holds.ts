/** Whoever works on purchases: one run of the node, or one *Redeem*. */
export interface Holder {
	/** Which execution it belongs to: two equal items of one are two purchases. */
	readonly execution: object;
	/** Whether it is going to come back to what it has let go: another try of the run is due. */
	readonly comesBack: () => boolean;
}

interface Hold {
	readonly holder: Holder;
	readonly atWork: boolean;
}

/** Which purchase is worked on, and by whom: by one attempt at a time. */
export class Holds {
	private readonly held = new Map<string, Hold>();

	/** Takes a payment hash for one attempt; false where another attempt has it. */
	take(paymentHash: string, holder: Holder): boolean {
		if (!this.isFreeFor(paymentHash, holder)) return false;
		this.held.set(paymentHash, { holder, atWork: true });
		return true;
	}

	/** Stays the holder's own while it comes back; then it is anybody's. */
	release(paymentHash: string, holder: Holder): void {
		if (this.held.get(paymentHash)?.holder !== holder) return;
		this.held.set(paymentHash, { holder, atWork: false });
	}

	drop(paymentHash: string): void {
		this.held.delete(paymentHash);
	}

	/** Whether somebody of another execution has it. */
	isElsewhere(paymentHash: string, holder: Holder): boolean {
		const hold = this.held.get(paymentHash);
		if (hold === undefined || hold.holder.execution === holder.execution) return false;
		return isBinding(hold, holder);
	}

	/** Whether the holder could take it now. */
	isFreeFor(paymentHash: string, holder: Holder): boolean {
		const hold = this.held.get(paymentHash);
		return hold === undefined || !isBinding(hold, holder);
	}

	/** Whether somebody is going to come back to it, and does not work on it now. */
	isAwaited(paymentHash: string, holder: Holder): boolean {
		const hold = this.held.get(paymentHash);
		return hold?.atWork === false && isBinding(hold, holder);
	}

	/** Forgets what nobody comes back to. */
	sweep(): void {
		for (const [paymentHash, { holder, atWork }] of this.held) {
			if (!atWork && !holder.comesBack()) this.held.delete(paymentHash);
		}
	}

	get size(): number {
		return this.held.size;
	}
}

function isBinding({ holder, atWork }: Hold, other: Holder): boolean {
	return atWork || (holder !== other && holder.comesBack());
}
