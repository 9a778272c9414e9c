import { Carriers } from './carriers';
import { ALL_REPLIES, type Line } from './line';
import type { Pending } from './pending';
import type { Relay } from './relay';

export interface DeliveryTerms {
	/**
	 * Hand it to one relay after the other, each only after silence: for a request that must not be
	 * acted on twice. The others get the same signed event, whose id a wallet acts on once.
	 */
	readonly once: boolean;
	/** How long the relay that has it last may stay silent. */
	readonly silenceMs: number;
}

/** How long a relay may keep silent about a subscription before it is asked another way. */
const ASK_OTHERWISE_MS = 2_000;
/** How long the best relay is waited for while others are ready. */
const HOME_PATIENCE_MS = 2_000;
/** How long a connection that was there before may keep silent before it counts as dead. */
const DEAD_MS = 3_000;

/** Brings one request to the wallet: listens for the answer first, at every relay, then hands over. */
export class Delivery {
	private readonly having: Carriers;
	private readonly startedAt: number;
	private readonly attempts: ReadonlyMap<Relay, number>;
	private readonly askedAt = new Map<Relay, number>();
	private readonly askedAll = new Set<Relay>();
	private handedAt = 0;
	private refusedAt: number | null = null;

	constructor(
		private readonly line: Line,
		private readonly pending: Pending,
		private readonly terms: DeliveryTerms,
	) {
		this.having = new Carriers(pending);
		this.startedAt = line.elapsedMs();
		this.attempts = new Map(line.relays.map((relay) => [relay, relay.wire.attempts]));
	}

	/** The relays that have the request, in the order they got it. */
	get carriers(): readonly Relay[] {
		return this.having.relays;
	}

	/** Does what can be done now. To be called whenever something happened, and now and then. */
	drive(): void {
		this.line.connect();
		for (const relay of this.line.relays) this.listenAt(relay);
		this.handOver();
	}

	/** Whether no relay is left that could still take the request. */
	get isHopeless(): boolean {
		return this.line.relays.every((relay) => this.isClosed(relay) || this.isDeaf(relay));
	}

	/** For how long all that have the request, and there are no others, have said that they refuse. */
	refusedForMs(): number {
		const others = this.line.relays.filter((relay) => !this.carriers.includes(relay));
		const isRefused =
			this.carriers.every((relay) => isFinal(this.pending.refusalOf(relay))) &&
			others.every((relay) => this.isClosed(relay) || this.isDeaf(relay));
		if (!isRefused) this.refusedAt = null;
		else this.refusedAt ??= this.line.elapsedMs();
		return this.refusedAt === null ? 0 : this.line.elapsedMs() - this.refusedAt;
	}

	/** What the relays said against it; '' where they said nothing. */
	get words(): string {
		const { relays } = this.line;
		const refusals = this.carriers.map((relay) => this.pending.refusalOf(relay) ?? '');
		const deaf = relays.map((relay) => relay.wordsAbout(this.pending.event.id));
		return [...refusals, ...deaf].find((text) => text !== '') ?? '';
	}

	private listenAt(relay: Relay): void {
		if (!relay.isOpen) {
			this.askedAt.delete(relay);
			return;
		}
		const { id } = this.pending.event;
		const askedAt = this.askedAt.get(relay);
		if (askedAt === undefined) {
			this.askedAt.set(relay, this.line.elapsedMs());
			const hearsAll = relay.standing(ALL_REPLIES) === 'standing';
			if (!hearsAll) relay.subscribe(id, this.line.answersTo(this.pending));
			return;
		}
		if (isHeardAt(relay, id)) return;
		const silentMs = this.line.elapsedMs() - askedAt;
		const isRefused = relay.standing(id) === 'refused';
		if ((isRefused || silentMs >= ASK_OTHERWISE_MS) && !this.askedAll.has(relay)) {
			this.askedAll.add(relay);
			relay.subscribe(ALL_REPLIES, this.line.allAnswers);
		}
		const isOld = relay.wire.attempts === this.attempts.get(relay);
		if (isOld && silentMs >= DEAD_MS && relay.wire.heardAt < this.startedAt) relay.wire.close();
	}

	private handOver(): void {
		const { id } = this.pending.event;
		this.having.handAgain((relay) => isHeardAt(relay, id));
		const ready = this.line.inOrder.filter((relay) => isHeardAt(relay, id));
		const fresh = ready.filter((relay) => !this.carriers.includes(relay));
		if (!this.terms.once) {
			for (const relay of fresh) this.hand(relay);
			return;
		}
		const [next] = fresh;
		if (next === undefined) return;
		const isFirst = this.carriers.length === 0;
		if (isFirst ? this.mayBegin(next) : this.isPassedOver) this.hand(next);
	}

	/** The first one is the best one, or the best of those that are ready after a while. */
	private mayBegin(relay: Relay): boolean {
		const better = this.line.inOrder.slice(0, this.line.inOrder.indexOf(relay));
		const isLate = this.line.elapsedMs() - this.startedAt >= HOME_PATIENCE_MS;
		return isLate || better.every((other) => this.isClosed(other) || this.isDeaf(other));
	}

	private get isPassedOver(): boolean {
		const isSilent = this.line.elapsedMs() - this.handedAt >= this.terms.silenceMs;
		const isRefused = this.carriers.every((relay) => this.pending.refusalOf(relay) !== undefined);
		return isSilent || isRefused;
	}

	private hand(relay: Relay): void {
		if (this.having.hand(relay)) this.handedAt = this.line.elapsedMs();
	}

	private isDeaf(relay: Relay): boolean {
		if (!relay.isOpen || !this.askedAll.has(relay)) return false;
		const { id } = this.pending.event;
		return relay.standing(id) === 'refused' && relay.standing(ALL_REPLIES) === 'refused';
	}

	/** Closed, and in vain tried again. */
	private isClosed(relay: Relay): boolean {
		const before = this.attempts.get(relay) ?? 0;
		return relay.wire.state === 'closed' && relay.wire.attempts > before;
	}
}

/** Whether the answer would be heard there: the relay has confirmed a subscription to it. */
function isHeardAt(relay: Relay, requestId: string): boolean {
	return [requestId, ALL_REPLIES].some((name) => relay.standing(name) === 'standing');
}

/** A relay's refusals after which it is not worth waiting for an answer (NIP-01, NIP-42). */
function isFinal(refusal: string | undefined): boolean {
	return /^(auth-required|blocked|invalid|pow|rate-limited|restricted):/.test(refusal ?? '');
}
