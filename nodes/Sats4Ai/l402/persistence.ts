import { growingPauses, type Clock } from './clock';
import type { HttpAnswer, HttpOutcome } from './http';

export interface Persistence {
	/** No attempt starts or lasts beyond this, by `Clock.elapsedMs`. */
	readonly deadlineAt: number;
	/** At most this many attempts. */
	readonly attempts: number;
	/** Which answers are worth another attempt with the very same bytes. */
	readonly retries: (answer: HttpAnswer) => boolean;
	/** Until when an answer like this one is worth another attempt. `deadlineAt` where absent. */
	readonly patienceUntilAt?: (answer: HttpAnswer) => number;
	/**
	 * Whether to try again within the time that is left although `Retry-After` asks for a longer wait:
	 * after a payment, giving up early would help nobody.
	 */
	readonly insists: boolean;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** Below this an attempt is not worth splitting. */
const SHORTEST_ATTEMPT_MS = 1_000;

/**
 * Statuses after which a paid credential may still be honored: settlement that lags behind (401,
 * 402), and the transient ones of RFC 9110 and RFC 6585. Any other 4xx is the service's last word.
 */
export function isWorthRedeemingAgain(status: number): boolean {
	return [401, 402, 408, 425, 429].includes(status) || status >= 500;
}

/**
 * Sends the same request until it is answered for good, time is up or the run is stopped, and
 * returns the last outcome. `send` gets the time it may take: half of what is left, so that a
 * connection that hangs leaves time for another.
 */
export async function sendPersistently(
	send: (timeoutMs: number) => Promise<HttpOutcome>,
	persistence: Persistence,
	clock: Clock,
): Promise<HttpOutcome> {
	let attempt = 1;
	let last: HttpOutcome | undefined;
	const pauses = growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
	for (;;) {
		const leftMs = Math.max(1, persistence.deadlineAt - clock.elapsedMs());
		const isLast = attempt >= persistence.attempts;
		const halfMs = Math.round(leftMs / 2);
		const outcome = await send(isLast || halfMs < SHORTEST_ATTEMPT_MS ? leftMs : halfMs);
		// An answer says more than the silence after it.
		last = outcome.kind === 'answer' || last === undefined ? outcome : last;
		if (outcome.kind === 'answer' && !persistence.retries(outcome)) return outcome;
		if (isLast || clock.cancelled()) return last;
		const restMs = endAt(outcome, persistence) - clock.elapsedMs();
		const askedMs = retryAfterMs(outcome, clock.now());
		const borneMs = persistence.insists ? Math.min(askedMs, restMs / 2) : askedMs;
		const waitMs = Math.max(pauses.next().value, borneMs);
		if (waitMs >= restMs) return last;
		await clock.sleep(waitMs);
		if (clock.cancelled()) return last;
		attempt += 1;
	}
}

function endAt(outcome: HttpOutcome, { deadlineAt, patienceUntilAt }: Persistence): number {
	if (outcome.kind !== 'answer' || patienceUntilAt === undefined) return deadlineAt;
	return Math.min(deadlineAt, patienceUntilAt(outcome));
}

/** `Retry-After` in milliseconds from `now` (RFC 9110 section 10.2.3: seconds or a date), else 0. */
function retryAfterMs(outcome: HttpOutcome, now: number): number {
	const text = outcome.kind === 'answer' ? (outcome.headers['retry-after'] ?? '').trim() : '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
	const at = Date.parse(text);
	return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
