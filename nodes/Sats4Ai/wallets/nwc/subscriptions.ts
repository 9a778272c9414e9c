import { asksForLogin, type Login } from './login';

export type Filter = Readonly<Record<string, readonly (number | string)[] | number>>;

/** standing: the relay has confirmed it, by EOSE or by an event. refused: it will not. */
export type Standing = 'waiting' | 'standing' | 'refused';

interface Subscription {
	readonly filter: Filter;
	standing: Standing;
	/** The relay's words about it, where it refused or wants a login. */
	words: string;
	/** Whether the relay wants a login before it. */
	isLocked: boolean;
	/** Whether it was asked for with a login. */
	loggedIn: boolean;
}

/** How long a relay that asks for a login may take to send its challenge. */
const CHALLENGE_MS = 2_000;

/** What one relay was asked to send, and how it stands (NIP-01, NIP-42). */
export class Subscriptions {
	private readonly byId = new Map<string, Subscription>();
	/** When the relay first asked for a login, over this connection; null where it did not. */
	private loginWantedAt: number | null = null;

	constructor(
		private readonly say: (message: readonly unknown[]) => void,
		private readonly login: Login,
		private readonly elapsedMs: () => number,
	) {}

	/** Asks for events, unless they were asked for already and not refused. */
	add(id: string, filter: Filter): void {
		if (this.byId.has(id) && this.standing(id) !== 'refused') return;
		const waiting = { standing: 'waiting', words: '', isLocked: false, loggedIn: false } as const;
		this.byId.set(id, { filter, ...waiting });
		this.ask(id);
	}

	remove(id: string): void {
		if (this.byId.delete(id)) this.say(['CLOSE', id]);
	}

	/** All of them, over a new connection. */
	askAll(): void {
		this.loginWantedAt = null;
		for (const id of this.byId.keys()) this.ask(id);
	}

	standing(id: string): Standing {
		const subscription = this.byId.get(id);
		if (subscription === undefined) return 'waiting';
		const { standing, isLocked } = subscription;
		const waitedMs = this.elapsedMs() - (this.loginWantedAt ?? Infinity);
		const isLockedOut = isLocked && this.login.state === 'none' && waitedMs > CHALLENGE_MS;
		return isLockedOut ? 'refused' : standing;
	}

	wordsAbout(id: string): string {
		return this.byId.get(id)?.words ?? '';
	}

	stands(id: string): void {
		const subscription = this.byId.get(id);
		if (subscription === undefined) return;
		subscription.standing = 'standing';
		subscription.isLocked = false;
	}

	/** The connection has ended, and every subscription with it. */
	forgetStanding(): void {
		for (const subscription of this.byId.values()) subscription.standing = 'waiting';
	}

	/** CLOSED: it is refused, or wants a login, or was asked for before the login that now stands. */
	refuse(id: string, words: string): void {
		const subscription = this.byId.get(id);
		if (subscription === undefined) return;
		subscription.words = words || 'no reason given';
		const { state } = this.login;
		if (state === 'done' && !subscription.loggedIn) return this.ask(id);
		if (asksForLogin(words) && (state === 'none' || state === 'asked')) {
			subscription.standing = 'waiting';
			subscription.isLocked = true;
			this.loginWantedAt ??= this.elapsedMs();
			return;
		}
		subscription.standing = 'refused';
		if (state === 'refused' && asksForLogin(words)) subscription.words = this.loginWords();
	}

	/** After the login what was refused before is asked for again; without it, it stays refused. */
	loginJudged(): void {
		for (const [id, subscription] of this.byId) {
			const { isLocked } = subscription;
			if (this.login.state === 'done') {
				if (isLocked || subscription.standing === 'refused') this.ask(id);
			} else if (isLocked) {
				subscription.standing = 'refused';
				subscription.words = this.loginWords();
			}
		}
	}

	private loginWords(): string {
		return `it refused the login: ${this.login.words || 'no reason given'}`;
	}

	private ask(id: string): void {
		const subscription = this.byId.get(id);
		if (subscription === undefined) return;
		subscription.standing = 'waiting';
		subscription.isLocked = false;
		subscription.loggedIn = this.login.state === 'done';
		this.say(['REQ', id, subscription.filter]);
	}
}
