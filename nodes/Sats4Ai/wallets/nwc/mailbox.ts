import { asObject, asText, isObject, parseJson, type JsonObject } from '../json';
import { INFO_KIND } from './announcement';
import type { Cipher } from './cipher';
import { readEvent, tagValue, type NostrEvent } from './event';
import type { Relay, RelayListener } from './relay';

export const INFO = 'info';
export const REPLY = 'reply';
const RESPONSE_KIND = 23195;

/** A relay's refusals after which it is not worth waiting for an answer (NIP-01, NIP-42). */
const REFUSAL = /^(auth-required|blocked|invalid|pow|rate-limited|restricted):/;

/** The answer of the wallet to one request. */
export type Answer =
	| { readonly kind: 'result'; readonly result: JsonObject }
	| { readonly kind: 'error'; readonly code: string; readonly message: string };

/** What has arrived so far, from whichever relay; only what the wallet itself signed counts. */
export class Mailbox implements RelayListener {
	info: { readonly event: NostrEvent; readonly from: Relay } | null = null;
	answer: Answer | null = null;
	private request: { readonly id: string; readonly cipher: Cipher } | null = null;
	private readonly storedBy = new Set<string>();
	private readonly refusals = new Map<Relay, string>();
	private wake: () => void = () => undefined;

	constructor(private readonly walletPublicKey: string) {}

	/** Only an answer to this request counts from now on. */
	expect(id: string, cipher: Cipher): void {
		this.request = { id, cipher };
	}

	/** Resolves when something happens next. */
	readonly happened = async (): Promise<void> =>
		await new Promise<void>((resolve) => (this.wake = resolve));

	hasStored(relay: Relay, subscription: string): boolean {
		return this.storedBy.has(`${subscription} ${relay.url}`);
	}

	/** Why this relay did not take the request; undefined where it took it or has not said. */
	refusalOf(relay: Relay): string | undefined {
		return this.refusals.get(relay);
	}

	event(relay: Relay, subscription: string, value: unknown): void {
		const { info } = this;
		// The signature is the dear part: no second look at what is already known.
		if (subscription === INFO && info === null) {
			const event = readEvent(value, this.walletPublicKey);
			if (event?.kind === INFO_KIND) this.info = { event, from: relay };
		}
		if (subscription === REPLY && this.answer === null) this.answer = this.readAnswer(value);
		this.wake();
	}

	stored(relay: Relay, subscription: string): void {
		this.storedBy.add(`${subscription} ${relay.url}`);
		this.wake();
	}

	verdict(relay: Relay, eventId: string, accepted: boolean, words: string): void {
		if (eventId === this.request?.id && !accepted && REFUSAL.test(words)) {
			this.refusals.set(relay, words);
		}
		this.wake();
	}

	changed(): void {
		this.wake();
	}

	private readAnswer(value: unknown): Answer | null {
		const event = this.request === null ? null : readEvent(value, this.walletPublicKey);
		if (event === null || this.request === null || event.kind !== RESPONSE_KIND) return null;
		if (tagValue(event, 'e') !== this.request.id) return null;
		const body = asObject(parseJson(this.request.cipher.decrypt(event.content) ?? ''));
		if (isObject(body.error)) {
			const { code, message } = body.error;
			return { kind: 'error', code: asText(code), message: asText(message) };
		}
		return isObject(body.result) ? { kind: 'result', result: body.result } : null;
	}
}
