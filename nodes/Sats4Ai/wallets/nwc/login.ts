import { signEvent, type NostrEvent } from './event';
import type { NwcConnection } from './connectionString';

const LOGIN_KIND = 22242;
const LONGEST_CHALLENGE = 1_024;
/** A signature costs time: a relay that asks again and again is not answered for ever. */
const MOST_LOGINS = 8;

/** Whether the words of a relay ask for a login first (NIP-42). */
export function asksForLogin(words: string): boolean {
	return /^auth-required\b/i.test(words);
}

/** The login at one relay, over one connection to it (NIP-42), with the key of the wallet connection. */
export class Login {
	state: 'none' | 'asked' | 'done' | 'refused' = 'none';
	/** Why it was refused. */
	words = '';
	private eventId = '';
	private answered = 0;

	constructor(
		private readonly url: string,
		private readonly connection: Pick<NwcConnection, 'clientSecret' | 'clientPublicKey'>,
	) {}

	/** The signed answer to a challenge; null where there is none to give. */
	answer(challenge: unknown, now: number): NostrEvent | null {
		if (typeof challenge !== 'string' || challenge.length > LONGEST_CHALLENGE) return null;
		if (this.answered >= MOST_LOGINS) return null;
		this.answered += 1;
		const tags = [
			['relay', this.url],
			['challenge', challenge],
		];
		const unsigned = { created_at: Math.floor(now / 1000), kind: LOGIN_KIND, tags, content: '' };
		const { clientSecret, clientPublicKey } = this.connection;
		const event = signEvent(unsigned, clientSecret, clientPublicKey);
		this.eventId = event.id;
		this.state = 'asked';
		return event;
	}

	/** Takes the relay's verdict; false where it is about another event. */
	judged(eventId: string, accepted: boolean, words: string): boolean {
		if (this.eventId === '' || eventId !== this.eventId) return false;
		this.state = accepted ? 'done' : 'refused';
		this.words = words;
		return true;
	}

	/** Another connection: the relay knows nobody on it. */
	reset(): void {
		this.state = 'none';
		this.words = '';
		this.eventId = '';
		this.answered = 0;
	}
}
