import type { Pending } from './pending';
import type { Relay } from './relay';

/** So often a relay that hangs up on a request is given it again. */
const MOST_REPEATS = 3;

interface Handed {
	/** The number of the connection over which the relay got it last. */
	readonly attempt: number;
	readonly times: number;
}

/** The relays that have one request. All of them get the same signed event. */
export class Carriers {
	/** In the order they got it. */
	readonly relays: Relay[] = [];
	private readonly handed = new Map<Relay, Handed>();

	constructor(private readonly pending: Pending) {}

	/** Gives it to a relay that does not have it; false where there is no connection. */
	hand(relay: Relay): boolean {
		if (!this.publish(relay)) return false;
		this.relays.push(relay);
		return true;
	}

	/**
	 * Gives it again to those that hung up before they said that they have it, and are connected anew:
	 * a wallet acts once on an id.
	 */
	handAgain(isHeardAt: (relay: Relay) => boolean): void {
		for (const relay of this.relays) {
			const { attempt, times } = this.handed.get(relay) ?? { attempt: 0, times: 0 };
			const hasDropped = !this.pending.hasVerdictOf(relay) && relay.wire.attempts > attempt;
			if (hasDropped && times <= MOST_REPEATS && isHeardAt(relay)) this.publish(relay);
		}
	}

	private publish(relay: Relay): boolean {
		if (!relay.publish(this.pending.event)) return false;
		const times = (this.handed.get(relay)?.times ?? 0) + 1;
		this.handed.set(relay, { attempt: relay.wire.attempts, times });
		return true;
	}
}
