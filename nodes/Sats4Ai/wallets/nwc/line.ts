import { INFO_KIND } from './announcement';
import { Announcements } from './announcements';
import { cipherFor } from './cipher';
import type { NwcConnection } from './connectionString';
import { signEvent } from './event';
import { claimedRequest, Pending, RESPONSE_KIND } from './pending';
import { Relay, type LineClock, type RelayListener } from './relay';
import type { WebSocketConstructor } from './webSocket';

export const INFO = 'info';
/** All answers of the wallet, for relays that cannot pick out those to one request. */
export const ALL_REPLIES = 'replies';
const REQUEST_KIND = 23194;
/** For clocks that differ, and so that a late relay cannot bring an old request to life. */
const EXPIRATION_MARGIN_MS = 60_000;

export type Encryption = 'nip04' | 'nip44_v2';

/**
 * The way to one wallet: its relays, what they have said, and the requests that wait for an answer.
 * All calls of a run share it.
 */
export class Line implements RelayListener {
	readonly relays: readonly Relay[];
	readonly announcements: Announcements;
	private readonly pendings = new Map<string, Pending>();
	private wake: () => void = () => undefined;
	private next = new Promise<void>((resolve) => (this.wake = resolve));

	constructor(
		readonly connection: NwcConnection,
		webSocket: WebSocketConstructor,
		private readonly clock: LineClock,
	) {
		this.relays = connection.relays.map(
			(url) => new Relay(url, connection, webSocket, clock, this),
		);
		this.announcements = new Announcements(connection.walletPublicKey, clock.elapsedMs);
		const authors = [connection.walletPublicKey];
		for (const relay of this.relays) {
			relay.subscribe(INFO, { kinds: [INFO_KIND], authors, limit: 1 });
		}
	}

	/** As in `Clock`. */
	elapsedMs(): number {
		return this.clock.elapsedMs();
	}

	/** Opens what is closed, as far as it was not tried a moment ago. */
	connect(): void {
		for (const relay of this.relays) relay.wire.connect();
	}

	/** Resolves when something happens next; for as many as wait. */
	readonly happened = async (): Promise<void> => await this.next;

	/** Signs a request that is acted on within `leftMs` or not at all; null where it is too long to be encrypted. */
	request(encryption: Encryption, method: string, params: object, leftMs: number): Pending | null {
		const { walletPublicKey, clientSecret, clientPublicKey, sharedX } = this.connection;
		const other = encryption === 'nip04' ? 'nip44_v2' : 'nip04';
		const ciphers = [encryption, other].map((name) => cipherFor(name as Encryption, sharedX));
		const [cipher] = ciphers;
		const content = cipher?.encrypt(JSON.stringify({ method, params })) ?? null;
		if (cipher === undefined || content === null) return null;
		const expiresAtS = Math.ceil((this.clock.now() + leftMs + EXPIRATION_MARGIN_MS) / 1000);
		const expiration = ['expiration', expiresAtS.toString()];
		const tags = [['p', walletPublicKey], ...cipher.tags, expiration];
		const createdAtS = Math.floor(this.clock.now() / 1000);
		const unsigned = { created_at: createdAtS, kind: REQUEST_KIND, tags, content };
		const event = signEvent(unsigned, clientSecret, clientPublicKey);
		const pending = new Pending(event, walletPublicKey, ciphers);
		this.pendings.set(event.id, pending);
		return pending;
	}

	/** Stops to listen for an answer. */
	forget({ event }: Pending): void {
		this.pendings.delete(event.id);
		for (const relay of this.relays) {
			relay.forget(event.id);
			relay.unsubscribe(event.id);
		}
	}

	/** Answers to one request: the narrow way. */
	answersTo({ event }: Pending) {
		return { kinds: [RESPONSE_KIND], authors: [this.connection.walletPublicKey], '#e': [event.id] };
	}

	/** Answers to any request of anybody: for relays that refuse the narrow way. */
	get allAnswers() {
		return { kinds: [RESPONSE_KIND], authors: [this.connection.walletPublicKey] };
	}

	/** The relays, the one first that most likely reaches the wallet: of the newest announcement. */
	get inOrder(): readonly Relay[] {
		return this.announcements.inOrder(this.relays);
	}

	/** Whether something has come in that nobody has looked at. */
	get isBusy(): boolean {
		return this.announcements.hasUnread || [...this.pendings.values()].some(({ isBusy }) => isBusy);
	}

	event(from: Relay, subscription: string, value: unknown): void {
		if (subscription === INFO) {
			this.announcements.claim(value, from);
		} else {
			const id = claimedRequest(value, this.connection.walletPublicKey);
			if (id !== null) this.pendings.get(id)?.claim(value, from);
		}
		this.changed();
	}

	verdict(relay: Relay, eventId: string, accepted: boolean, words: string): void {
		this.pendings.get(eventId)?.judged(relay, accepted, words);
		this.changed();
	}

	changed(): void {
		const { wake } = this;
		this.next = new Promise<void>((resolve) => (this.wake = resolve));
		wake();
	}
}
