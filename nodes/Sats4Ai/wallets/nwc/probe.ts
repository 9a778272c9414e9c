import { asArray, asText } from '../json';
import { Delivery } from './delivery';
import type { Known } from './announcements';
import type { Encryption, Line } from './line';
import type { Pending } from './pending';

/** How long an answer in the newer encryption is waited for before the older one is tried, too. */
const STEP_MS = 1_500;
const LONGEST_MS = 7_000;

interface Attempt {
	readonly encryption: Encryption;
	readonly pending: Pending;
	readonly delivery: Delivery;
	readonly startedAt: number;
}

/**
 * Reaches for a wallet that no relay has an announcement of: `get_info`, in NIP-44, then in NIP-04.
 * It costs nothing, may be asked twice, and the answer tells what an announcement would.
 */
export class Probe {
	/** When it was given up; null before. */
	failedAt: number | null = null;
	/** What the wallet answered instead; '' where it did not. */
	words = '';
	/** What the relays said against it; null as long as one of them would pass an answer on. */
	refusal: string | null = null;
	private readonly attempts: Attempt[] = [];

	constructor(private readonly line: Line) {
		this.attempt('nip44_v2');
	}

	/** Does what can be done now; what is known of the wallet, once it has answered. */
	drive(): Known | null {
		const now = this.line.elapsedMs();
		for (const { encryption, pending, delivery } of this.attempts) {
			delivery.drive();
			const known = this.readAnswer(encryption, pending);
			if (known !== null) {
				this.end();
				return known;
			}
		}
		const [first, second] = this.attempts;
		if (first === undefined) return null;
		const isTime = now - first.startedAt >= STEP_MS || first.pending.answer !== null;
		if (second === undefined && isTime) this.attempt('nip04');
		const isAnswered = this.attempts.length > 1 && this.attempts.every(isOver);
		if (this.attempts.every(({ delivery }) => delivery.isHopeless)) {
			this.refusal = first.delivery.words;
		}
		const isOverdue = now - first.startedAt >= LONGEST_MS;
		if (isAnswered || this.refusal !== null || isOverdue) this.giveUp(now);
		return null;
	}

	private attempt(encryption: Encryption): void {
		const startedAt = this.line.elapsedMs();
		const pending = this.line.request(encryption, 'get_info', {}, LONGEST_MS);
		if (pending === null) return;
		const delivery = new Delivery(this.line, pending, { once: false, silenceMs: LONGEST_MS });
		this.attempts.push({ encryption, pending, delivery, startedAt });
	}

	/** An error with a code shows that the wallet could read the request, and so what it reads. */
	private readAnswer(encryption: Encryption, pending: Pending): Known | null {
		const answer = pending.read();
		const { from } = pending;
		if (answer === null || from === null) return null;
		if (answer.kind === 'error') {
			this.words = [answer.code, answer.message].filter((text) => text !== '').join(': ');
			if (answer.code === '' || answer.code === 'UNSUPPORTED_ENCRYPTION') return null;
		}
		const methods = asArray(answer.result.methods).map(asText);
		const learnedAt = this.line.elapsedMs();
		return { encryption, methods, from, createdAt: -Infinity, learnedAt };
	}

	private giveUp(now: number): void {
		this.failedAt = now;
		this.end();
	}

	private end(): void {
		for (const { pending } of this.attempts.splice(0)) this.line.forget(pending);
	}
}

function isOver({ pending }: Attempt): boolean {
	return pending.answer !== null;
}
