import { isObject } from '../json';
import { INFO_KIND, readAnnouncement, type Announcement } from './announcement';
import { readEvent } from './event';
import type { Relay } from './relay';

/** What is known of the wallet, and over which relay it was learned. */
export interface Known extends Announcement {
	readonly from: Relay;
	/** Seconds since 1970: a newer announcement replaces an older one. */
	readonly createdAt: number;
	/** When the first one was learned here, as in `Clock.elapsedMs`. */
	readonly learnedAt: number;
}

/** Anybody can send false ones, and to verify a signature takes about a millisecond. */
const VERIFIED_AT_ONCE = 16;
const MOST_WAITING = 64;

/** The announcements of one wallet, as its relays have sent them. The newest one holds (NIP-01). */
export class Announcements {
	/** The newest announcement, or what the wallet told when it was asked. */
	known: Known | null = null;
	/** When it was noticed first that no relay has one, as in `Clock.elapsedMs`; null before. */
	missingSince: number | null = null;
	private readonly unread: Array<{ readonly value: unknown; readonly from: Relay }> = [];
	private readonly dates = new Map<Relay, number>();

	constructor(
		private readonly walletPublicKey: string,
		private readonly elapsedMs: () => number,
	) {}

	/** Takes what claims to be one, to be looked at by `read`. */
	claim(value: unknown, from: Relay): void {
		const isTheirs = isObject(value) && value.pubkey === this.walletPublicKey;
		if (isTheirs && this.unread.length < MOST_WAITING) this.unread.push({ value, from });
	}

	get hasUnread(): boolean {
		return this.unread.length > 0;
	}

	/** Looks at some of what has come in. */
	read(): void {
		for (const { value, from } of this.unread.splice(0, VERIFIED_AT_ONCE)) {
			const event = readEvent(value, this.walletPublicKey);
			if (event?.kind !== INFO_KIND) continue;
			const createdAt = event.created_at;
			this.dates.set(from, Math.max(this.dateOf(from), createdAt));
			if (this.known !== null && this.known.createdAt >= createdAt) continue;
			const learnedAt = this.known?.learnedAt ?? this.elapsedMs();
			this.known = { ...readAnnouncement(event), from, createdAt, learnedAt };
		}
	}

	/** How new the announcement is that a relay has; -Infinity where it has none. */
	private dateOf(relay: Relay): number {
		return this.dates.get(relay) ?? -Infinity;
	}

	/** Relays, the one first that most likely reaches the wallet. */
	inOrder(relays: readonly Relay[]): readonly Relay[] {
		const rank = (relay: Relay) => (relay === this.known?.from ? Infinity : this.dateOf(relay));
		return [...relays].sort((a, b) => (rank(b) > rank(a) ? 1 : rank(b) < rank(a) ? -1 : 0));
	}
}
