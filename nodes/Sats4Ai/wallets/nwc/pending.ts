import { asArray, isObject } from '../json';
import { readAnswerText, type Answer } from './answerText';
import type { Cipher } from './cipher';
import { readEvent, type NostrEvent } from './event';
import type { Relay } from './relay';

export const RESPONSE_KIND = 23195;

/**
 * To verify a signature takes about a millisecond, and anybody can send false ones: so many are
 * verified before other work gets its turn, and so many wait for that.
 */
const VERIFIED_AT_ONCE = 16;
const MOST_WAITING = 4_096;
const MOST_WAITING_CHARS = 8 * 1024 * 1024;

/** The id of the request that a value claims to answer; null where it claims none. Costs nothing. */
export function claimedRequest(value: unknown, walletPublicKey: string): string | null {
	if (!isObject(value) || value.pubkey !== walletPublicKey) return null;
	if (value.kind !== RESPONSE_KIND) return null;
	const tag: readonly unknown[] | undefined = asArray(value.tags)
		.map(asArray)
		.find(([name]) => name === 'e');
	const id = tag?.[1];
	return typeof id === 'string' ? id : null;
}

/** A signed request that waits for its answer. Only what the wallet itself signed counts. */
export class Pending {
	answer: Answer | null = null;
	/** The relay that brought the answer. */
	from: Relay | null = null;
	/** The wallet has answered, in a form that cannot be read. */
	unreadable = false;
	private waitingChars = 0;
	private readonly claims: Array<{ readonly value: unknown; readonly from: Relay }> = [];
	/** Why a relay did not take the request; '' where it took it. */
	private readonly verdicts = new Map<Relay, string>();

	constructor(
		readonly event: NostrEvent,
		private readonly walletPublicKey: string,
		/** The cipher of the request first; some wallets answer in another. */
		private readonly ciphers: readonly Cipher[],
	) {}

	/** Takes what claims to be the answer, to be looked at by `read`. */
	claim(value: unknown, from: Relay): void {
		if (this.answer !== null || this.claims.length >= MOST_WAITING) return;
		const chars = JSON.stringify(value).length;
		if (this.waitingChars + chars > MOST_WAITING_CHARS) return;
		this.waitingChars += chars;
		this.claims.push({ value, from });
	}

	/** Whether there is something that `read` has not looked at yet. */
	get isBusy(): boolean {
		return this.answer === null && this.claims.length > 0;
	}

	/** The answer, once it is there. Looks at some of what has come in. */
	read(): Answer | null {
		for (let count = 0; count < VERIFIED_AT_ONCE && this.answer === null; count += 1) {
			const claim = this.claims.shift();
			if (claim === undefined) break;
			const event = readEvent(claim.value, this.walletPublicKey);
			if (event === null) continue;
			this.answer = this.decipher(event.content);
			if (this.answer === null) this.unreadable = true;
			else this.from = claim.from;
		}
		return this.answer;
	}

	refusalOf(relay: Relay): string | undefined {
		return this.verdicts.get(relay) || undefined;
	}

	/** Whether the relay has said that it has the request, or that it does not take it. */
	hasVerdictOf(relay: Relay): boolean {
		return this.verdicts.has(relay);
	}

	judged(relay: Relay, accepted: boolean, words: string): void {
		this.verdicts.set(relay, accepted ? '' : words || 'no reason given');
	}

	/** A wallet that could not decrypt may answer in the clear: its signature vouches for that, too. */
	private decipher(content: string): Answer | null {
		for (const cipher of this.ciphers) {
			const text = cipher.decrypt(content);
			const answer = text === null ? null : readAnswerText(text);
			if (answer !== null) return answer;
		}
		return readAnswerText(content);
	}
}
