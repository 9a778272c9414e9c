import type { Clock } from '../../l402/clock';
import { asText } from '../json';
import type { NwcConnection } from './connectionString';
import type { NostrEvent } from './event';
import { asksForLogin, Login } from './login';
import { Subscriptions, type Filter, type Standing } from './subscriptions';
import type { WebSocketConstructor } from './webSocket';
import { Wire } from './wire';

/** What a relay says (NIP-01), as far as it is of use to others. */
export interface RelayListener {
	event(relay: Relay, subscription: string, event: unknown): void;
	/** Whether the relay took the event; `words` is its reason where it did not. */
	verdict(relay: Relay, eventId: string, accepted: boolean, words: string): void;
	/** The connection, a subscription or the login is in another state than before. */
	changed(): void;
}

/** The time of day, and what deadlines are counted on. */
export type LineClock = Pick<Clock, 'now' | 'elapsedMs'>;

/** One relay. Reopened, it logs in and takes up its subscriptions again; events are not repeated. */
export class Relay {
	readonly wire: Wire;
	/** The last words of the relay to nobody in particular (NOTICE). */
	notice = '';
	private readonly login: Login;
	private readonly subscriptions: Subscriptions;
	/** Events that were handed over, and whether the login stood then. */
	private readonly sent = new Map<string, { event: NostrEvent; loggedIn: boolean }>();
	/** Those that the relay wants a login for. */
	private readonly locked = new Set<string>();

	constructor(
		readonly url: string,
		connection: Pick<NwcConnection, 'clientSecret' | 'clientPublicKey'>,
		webSocket: WebSocketConstructor,
		private readonly clock: LineClock,
		private readonly listener: RelayListener,
	) {
		this.login = new Login(url, connection);
		const say = (message: readonly unknown[]) => this.wire.say(message);
		this.subscriptions = new Subscriptions(say, this.login, clock.elapsedMs);
		this.wire = new Wire(url, webSocket, clock.elapsedMs, {
			opened: () => {
				this.login.reset();
				this.subscriptions.askAll();
				listener.changed();
			},
			ended: () => {
				this.subscriptions.forgetStanding();
				listener.changed();
			},
			heard: (message) => this.read(message),
		});
	}

	get isOpen(): boolean {
		return this.wire.state === 'open';
	}

	/** Asks for events, unless they were asked for already and not refused. */
	subscribe(id: string, filter: Filter): void {
		this.subscriptions.add(id, filter);
	}

	unsubscribe(id: string): void {
		this.subscriptions.remove(id);
	}

	standing(id: string): Standing {
		return this.isOpen ? this.subscriptions.standing(id) : 'waiting';
	}

	/** Why a subscription does not stand, in the relay's words; '' where it has said nothing. */
	wordsAbout(id: string): string {
		return this.subscriptions.wordsAbout(id) || this.notice;
	}

	/** Hands an event over; false where there is no connection for it. */
	publish(event: NostrEvent): boolean {
		if (!this.isOpen) return false;
		this.sent.set(event.id, { event, loggedIn: this.login.state === 'done' });
		this.wire.say(['EVENT', event]);
		return true;
	}

	/** Nobody waits for the answer to this event any more. */
	forget(eventId: string): void {
		this.sent.delete(eventId);
		this.locked.delete(eventId);
	}

	private read([type, second, third, fourth]: readonly unknown[]): void {
		if (type === 'AUTH') return this.logIn(second);
		const id = asText(second);
		if (type === 'EVENT') {
			this.subscriptions.stands(id);
			return this.listener.event(this, id, third);
		}
		if (type === 'OK') return this.judge(id, third === true, asText(fourth));
		if (type === 'EOSE') this.subscriptions.stands(id);
		if (type === 'CLOSED') this.subscriptions.refuse(id, asText(third));
		if (type === 'NOTICE') this.notice = id;
		this.listener.changed();
	}

	private logIn(challenge: unknown): void {
		const event = this.login.answer(challenge, this.clock.now());
		if (event !== null) this.wire.say(['AUTH', event]);
		this.listener.changed();
	}

	private judge(eventId: string, accepted: boolean, words: string): void {
		if (!this.login.judged(eventId, accepted, words)) {
			const loggedIn = this.login.state === 'done';
			const mayRepeat = this.sent.get(eventId)?.loggedIn === false && asksForLogin(words);
			if (!accepted && mayRepeat) this.locked.add(eventId);
			this.listener.verdict(this, eventId, accepted, words);
			if (loggedIn) this.repeatLocked();
			return;
		}
		this.subscriptions.loginJudged();
		if (accepted) this.repeatLocked();
		this.listener.changed();
	}

	/** The same event once more: its id is the same, and so it cannot be acted on twice. */
	private repeatLocked(): void {
		for (const id of this.locked) {
			const sent = this.sent.get(id);
			this.locked.delete(id);
			if (sent === undefined) continue;
			this.listener.verdict(this, id, true, '');
			this.publish(sent.event);
		}
	}
}
