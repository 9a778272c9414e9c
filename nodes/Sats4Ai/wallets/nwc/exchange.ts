import type { FailureCause } from '../../l402/payer';
import type { WalletPorts } from '../wallet';
import type { WebSocketConstructor } from './webSocket';
import { INFO_KIND, readAnnouncement } from './announcement';
import { cipherFor } from './cipher';
import type { NwcConnection } from './connectionString';
import { signEvent, type NostrEvent } from './event';
import { INFO, Mailbox, REPLY, type Answer } from './mailbox';
import { Relay } from './relay';
import { waitFor } from './waiting';

/** One request to the wallet service (NIP-47). */
export interface NwcRequest {
	readonly method: string;
	readonly params: object;
	/** Methods this connection must have for the request to make sense. */
	readonly needs: readonly string[];
	/** Hand it to one relay only: for a request that must not be acted on twice. */
	readonly once: boolean;
	readonly timeoutMs: number;
}

export type NwcReply =
	| Answer
	/** No wallet can have seen the request. */
	| { readonly kind: 'notSent'; readonly cause: FailureCause; readonly reason: string }
	/** Handed to a relay, and nothing came back. */
	| { readonly kind: 'lost'; readonly reason: string };

type Ports = Omit<WalletPorts, 'http'> & { readonly webSocket: WebSocketConstructor };

const REQUEST_KIND = 23194;
const RESPONSE_KIND = 23195;
const CONNECT_TIMEOUT_MS = 10_000;
/** How long a relay may take to confirm that it will pass the answer on. */
const SUBSCRIBE_TIMEOUT_MS = 2_000;
const RECONNECT_PAUSE_MS = 1_000;
/** How long an answer is still waited for after every relay has refused to pass the request on. */
const REFUSED_GRACE_MS = 2_000;
/** For clocks that differ, and so that a late relay cannot bring an old request to life. */
const EXPIRATION_MARGIN_MS = 60_000;

/** Asks the wallet once, over its relays, and closes them again. Never throws. */
export async function ask(
	connection: NwcConnection,
	request: NwcRequest,
	ports: Ports,
): Promise<NwcReply> {
	const mailbox = new Mailbox(connection.walletPublicKey);
	const relays = connection.relays.map((url) => new Relay(url, ports.webSocket, mailbox));
	const authors = [connection.walletPublicKey];
	for (const relay of relays) {
		relay.subscribe(INFO, { kinds: [INFO_KIND], authors, limit: 1 });
		relay.connect();
	}
	try {
		return await converse(connection, request, { ...ports, mailbox, relays });
	} finally {
		for (const relay of relays) relay.close();
	}
}

type Line = Ports & { readonly mailbox: Mailbox; readonly relays: readonly Relay[] };

async function converse(
	connection: NwcConnection,
	request: NwcRequest,
	line: Line,
): Promise<NwcReply> {
	const { mailbox, relays, now, elapsedMs } = line;
	const endAt = elapsedMs() + request.timeoutMs;
	const info = await findInfo(line, Math.min(CONNECT_TIMEOUT_MS, request.timeoutMs));
	if (info === null) return notSent('unreachable', whyUnreachable(relays));
	const { encryption, methods } = readAnnouncement(info.event);
	const missing = request.needs.find((method) => !methods.includes(method));
	if (methods.length > 0 && missing !== undefined) {
		return notSent('unauthorized', `the connection is not allowed to use ${missing}`);
	}
	if (encryption === null) {
		return notSent('rejected', 'the wallet offers no encryption that is known here');
	}
	const cipher = cipherFor(encryption, connection.sharedX);
	const { method, params } = request;
	const content = cipher.encrypt(JSON.stringify({ method, params }));
	if (content === null) return notSent('rejected', 'the request is too long to be encrypted');
	const expiresAtS = Math.ceil((now() + endAt - elapsedMs() + EXPIRATION_MARGIN_MS) / 1000);
	const expiration = ['expiration', expiresAtS.toString()];
	const tags = [['p', connection.walletPublicKey], ...cipher.tags, expiration];
	const unsigned = { created_at: Math.floor(now() / 1000), kind: REQUEST_KIND, tags, content };
	const event = signEvent(unsigned, connection.clientSecret, connection.clientPublicKey);
	mailbox.expect(event.id, cipher);
	const carriers = await publish(event, info, request.once, line);
	if (carriers.length === 0) return notSent('unreachable', 'the relay closed the connection');
	return await awaitAnswer(carriers, Math.max(0, endAt - elapsedMs()), line);
}

/** The wallet's announcement, from the first relay that has it; null where none does in time. */
async function findInfo({ mailbox, relays, ...ports }: Line, timeoutMs: number) {
	const read = () => {
		if (mailbox.info !== null) return mailbox.info;
		const isDone = (relay: Relay) => relay.state === 'closed' || mailbox.hasStored(relay, INFO);
		return relays.every(isDone) ? null : undefined;
	};
	return (await waitFor(read, mailbox.happened, timeoutMs, ports)) ?? null;
}

/** Subscribes to the answer everywhere, then hands the event over; returns the relays that got it. */
async function publish(
	event: NostrEvent,
	info: { readonly event: NostrEvent; readonly from: Relay },
	once: boolean,
	{ mailbox, relays, ...ports }: Line,
): Promise<readonly Relay[]> {
	const filter = { kinds: [RESPONSE_KIND], authors: [info.event.pubkey], '#e': [event.id] };
	for (const relay of relays) relay.subscribe(REPLY, filter);
	const home = info.from;
	const isReady = () => home.state !== 'open' || mailbox.hasStored(home, REPLY) || undefined;
	const readyBy = ports.elapsedMs() + SUBSCRIBE_TIMEOUT_MS;
	const ready = await waitFor(isReady, mailbox.happened, SUBSCRIBE_TIMEOUT_MS, ports);
	// A wait that ends before its time was cut short by the user: nothing may be sent after that.
	if (ready === undefined && ports.elapsedMs() < readyBy) return [];
	// The relay that knows the wallet is the one it listens on.
	const open = [home, ...relays.filter((relay) => relay !== home)].filter(
		({ state }) => state === 'open',
	);
	return (once ? open.slice(0, 1) : open).filter((relay) => relay.publish(event));
}

async function awaitAnswer(
	carriers: readonly Relay[],
	timeoutMs: number,
	{ mailbox, relays, ...ports }: Line,
): Promise<NwcReply> {
	const retryAt = new Map<Relay, number>();
	const readAnswer = (): NwcReply | undefined => mailbox.answer ?? undefined;
	const readRefusal = (): NwcReply | undefined => {
		const refusals = carriers.map((relay) => mailbox.refusalOf(relay));
		for (const relay of relays) reopen(relay, retryAt, ports.elapsedMs());
		if (refusals.some((refusal) => refusal === undefined)) return undefined;
		return { kind: 'lost', reason: `the relay refused the request: ${refusals[0] ?? ''}` };
	};
	const endAt = ports.elapsedMs() + timeoutMs;
	const readFirst = () => readAnswer() ?? readRefusal();
	const first = await waitFor(readFirst, mailbox.happened, timeoutMs, ports);
	if (first === undefined) return { kind: 'lost', reason: 'the wallet did not answer in time' };
	if (mailbox.answer !== null) return mailbox.answer;
	// A relay's refusal is no proof: it has the request, and may have passed it on all the same.
	const graceMs = Math.min(REFUSED_GRACE_MS, Math.max(0, endAt - ports.elapsedMs()));
	return (await waitFor(readAnswer, mailbox.happened, graceMs, ports)) ?? first;
}

/** Answers are not kept by relays: a closed connection is opened again, after a pause. */
function reopen(relay: Relay, retryAt: Map<Relay, number>, now: number): void {
	if (relay.state !== 'closed') return;
	const at = retryAt.get(relay);
	if (at === undefined) retryAt.set(relay, now + RECONNECT_PAUSE_MS);
	if (at === undefined || now < at) return;
	retryAt.delete(relay);
	relay.connect();
}

function whyUnreachable(relays: readonly Relay[]): string {
	return relays.some(({ state }) => state === 'open')
		? 'the wallet has not announced itself on its relay; is it running?'
		: 'no relay of the connection could be reached';
}

function notSent(cause: FailureCause, reason: string): NwcReply {
	return { kind: 'notSent', cause, reason };
}
