import type { FailureCause } from '../../l402/payer';
import type { WalletPorts } from '../wallet';
import type { Answer } from './answerText';
import { Delivery } from './delivery';
import type { Known } from './announcements';
import type { Line } from './line';
import { meet, whyUnreachable } from './meeting';
import { waitFor } from './waiting';

/** One request to the wallet service (NIP-47). */
export interface NwcRequest {
	readonly method: string;
	readonly params: object;
	/** Methods this connection must have for the request to make sense. */
	readonly needs: readonly string[];
	/** Hand it to one relay after the other: for a request that must not be acted on twice. */
	readonly once: boolean;
	readonly timeoutMs: number;
}

export type NwcReply =
	| Answer
	/** No wallet can have seen the request. */
	| { readonly kind: 'notSent'; readonly cause: FailureCause; readonly reason: string }
	/** Handed to a relay, and nothing came back. */
	| { readonly kind: 'lost'; readonly reason: string };

type Ports = Pick<WalletPorts, 'elapsedMs' | 'sleep'>;

/** How long it may take until a request can be handed over; at most this share of its time. */
const READY_MS = 12_000;
const READY_SHARE = 0.75;
/** How long a relay that has a request may keep silent before the next one gets it, too. */
const SILENCE_MS = 3_000;
/** How long an answer is still waited for after every relay has refused to pass the request on. */
const REFUSED_GRACE_MS = 2_000;

/** Asks the wallet once, over its relays. Never throws. */
export async function ask(line: Line, request: NwcRequest, ports: Ports): Promise<NwcReply> {
	const { timeoutMs, method, params, needs } = request;
	const startedAt = ports.elapsedMs();
	const readyBy = startedAt + Math.min(READY_MS, timeoutMs * READY_SHARE);
	const attempts = new Map(line.relays.map((relay) => [relay, relay.wire.attempts]));
	const findWallet = () => meet(line, startedAt, attempts);
	const met = await waitFor(findWallet, line, readyBy - startedAt, ports);
	if (met === undefined) return notSent('unreachable', whyUnreachable(line));
	if ('reason' in met) return notSent('unreachable', met.reason);
	const objection = objectionTo(met, needs);
	if (objection !== null) return objection;
	const endAt = startedAt + timeoutMs;
	const { encryption } = met;
	const leftMs = endAt - ports.elapsedMs();
	const pending = encryption === null ? null : line.request(encryption, method, params, leftMs);
	if (pending === null) return notSent('rejected', 'the request is too long to be encrypted');
	const silenceMs = Math.min(SILENCE_MS, timeoutMs / (line.relays.length + 1));
	const delivery = new Delivery(line, pending, { once: request.once, silenceMs });
	const read = (): NwcReply | undefined => {
		const answer = pending.read();
		if (answer !== null) return answer;
		const isUnsent = delivery.carriers.length === 0;
		if (isUnsent && (delivery.isHopeless || ports.elapsedMs() >= readyBy)) return deaf(delivery);
		delivery.drive();
		const isRefused = !isUnsent && delivery.refusedForMs() >= REFUSED_GRACE_MS;
		// A relay's refusal is no proof: it has the request, and may have passed it on all the same.
		return isRefused ? lost(`the relay refused the request: ${delivery.words}`) : undefined;
	};
	try {
		const reply = await waitFor(read, line, Math.max(0, endAt - ports.elapsedMs()), ports);
		if (reply !== undefined) return reply;
		if (delivery.carriers.length === 0) return deaf(delivery);
		if (pending.unreadable) return lost('the answer of the wallet could not be decrypted');
		const words = delivery.words === '' ? '' : ` (the relay says: ${delivery.words})`;
		return lost(`the wallet did not answer in time${words}`);
	} finally {
		line.forget(pending);
	}
}

function objectionTo({ encryption, methods }: Known, needs: readonly string[]): NwcReply | null {
	const missing = needs.find((method) => !methods.includes(method));
	if (methods.length > 0 && missing !== undefined) {
		return notSent('unauthorized', `the connection is not allowed to use ${missing}`);
	}
	if (encryption !== null) return null;
	return notSent('rejected', 'the wallet offers no encryption that is known here');
}

/** No relay would pass an answer on, and so none was given the request. */
function deaf({ words }: Delivery): NwcReply {
	const reason =
		words === ''
			? 'the relay closed the connection, or did not confirm that it would pass the answer on'
			: `the relay does not pass answers on: ${words}`;
	return notSent('unreachable', reason);
}

function notSent(cause: FailureCause, reason: string): NwcReply {
	return { kind: 'notSent', cause, reason };
}

function lost(reason: string): NwcReply {
	return { kind: 'lost', reason };
}
