import type { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as Peer } from 'ws';
import { forged, verify, type Event } from './nwcEvents';

export interface Filter {
	readonly kinds?: number[];
	readonly authors?: string[];
	readonly '#e'?: string[];
}

interface Subscription {
	readonly peer: Peer;
	readonly id: string;
	readonly filter: Filter;
}

/** How a relay may be; without any of these it is as NIP-01 wants it. */
export interface RelayOptions {
	/** Why it closes a subscription (CLOSED); null where it does not. */
	readonly closes?: (filter: Filter) => string | null;
	/** A subscription that it says nothing about. */
	readonly ignores?: (filter: Filter) => boolean;
	/** What it says to nobody in particular when it is asked for something. */
	readonly notice?: string;
	/** It asks for a login (NIP-42), as soon as somebody connects or when it is needed. */
	readonly login?: 'atOnce' | 'whenNeeded';
	/** It asks for a login with events only, and lets everybody subscribe. */
	readonly loginForEvents?: boolean;
	/** Why it refuses the login. */
	readonly refusesLogin?: string;
	/** The words it refuses every request with. */
	readonly refuses?: string;
	/** It passes on what it says it refuses. */
	readonly lies?: boolean;
	/** It takes requests and passes none on. */
	readonly swallows?: boolean;
	/** How much later than others it answers, in milliseconds. */
	readonly lateMs?: number;
	/** So many events with a false signature come before each answer. */
	readonly forges?: number;
	/** It hangs up on so many requests without a word: before it passes them on, or after. */
	readonly hangsUp?: { readonly times: number; readonly when: 'before' | 'after' };
	/** It never agrees to the end of a connection. */
	readonly clings?: boolean;
}

/** The wallet service at the other end of it. */
export interface Behind {
	/** The announcement that is stored there, or null. */
	announcement(): Event | null;
	serve(event: Event): void;
}

/** A Nostr relay on the loopback. */
export class NwcRelay {
	/** Every request that was handed to it, over whichever connection. */
	readonly handedOver: Event[] = [];
	/** Every subscription it was asked for. */
	readonly asked: Filter[] = [];
	/** How many connections there were. */
	connections = 0;
	/** How often it has hung up on a request. */
	hungUp = 0;
	redirectsTo: string | null = null;
	options: RelayOptions;
	private readonly subscriptions = new Set<Subscription>();
	private readonly challenges = new Map<Peer, string>();
	private readonly members = new Set<Peer>();
	private readonly sockets = new WebSocketServer({ noServer: true });
	private readonly server: Server = createServer();

	private constructor(
		private readonly behind: Behind,
		options: RelayOptions,
	) {
		this.options = options;
		this.server.on('upgrade', (request, socket, head) => {
			if (this.redirectsTo !== null) {
				socket.end(`HTTP/1.1 307 Temporary Redirect\r\nLocation: ${this.redirectsTo}\r\n\r\n`);
				return;
			}
			this.sockets.handleUpgrade(request, socket, head, (peer) => this.welcome(peer));
		});
	}

	static async start(behind: Behind, options: RelayOptions = {}): Promise<NwcRelay> {
		const relay = new NwcRelay(behind, options);
		await new Promise<void>((resolve) => relay.server.listen(0, '127.0.0.1', resolve));
		return relay;
	}

	get url(): string {
		return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	/** Connections that are there now. */
	get open(): number {
		return this.sockets.clients.size;
	}

	/** How many connections wait for the answer to a request. */
	replySubscriptions(): number {
		return [...this.subscriptions].filter(({ filter }) => filter.kinds?.includes(23195)).length;
	}

	/** Drops every connection, as a relay does that restarts. */
	drop(): void {
		for (const peer of this.sockets.clients) peer.terminate();
		this.subscriptions.clear();
	}

	async close(): Promise<void> {
		this.drop();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Says nothing any more over the connections that are there, as if the line were cut. */
	freeze(): void {
		for (const peer of this.sockets.clients) peer.removeAllListeners('message');
		this.subscriptions.clear();
	}

	/** Passes an event of the wallet on, to whoever has asked for it. */
	deliver(event: Event, to: Iterable<Subscription> = this.subscriptions): void {
		for (const { peer, id, filter } of to) {
			if (!isWanted(event, filter)) continue;
			const isAnswer = event.kind === 23195;
			for (let number = 1; isAnswer && number <= (this.options.forges ?? 0); number += 1) {
				this.say(peer, ['EVENT', id, forged(event, number)]);
			}
			this.say(peer, ['EVENT', id, event]);
		}
	}

	private welcome(peer: Peer): void {
		this.connections += 1;
		if (this.options.clings === true) {
			// The one part of `ws` that answers a Close frame.
			(Reflect.get(peer, '_receiver') as EventEmitter).removeAllListeners('conclude');
		}
		if (this.options.login === 'atOnce') this.challenge(peer);
		peer.on('message', (data) => {
			const message = JSON.parse(data.toString()) as [string, unknown, unknown];
			const { lateMs } = this.options;
			if (lateMs === undefined) this.hear(peer, message);
			else setTimeout(() => this.hear(peer, message), lateMs);
		});
		peer.on('close', () => {
			for (const subscription of this.subscriptions) {
				if (subscription.peer === peer) this.subscriptions.delete(subscription);
			}
		});
	}

	private hear(peer: Peer, [type, second, third]: [string, unknown, unknown]): void {
		if (type === 'REQ') this.subscribe({ peer, id: String(second), filter: third as Filter });
		if (type === 'AUTH') this.admit(peer, second as Event);
		if (type === 'EVENT') this.take(peer, second as Event);
		if (type !== 'CLOSE') return;
		for (const subscription of this.subscriptions) {
			const isIt = subscription.peer === peer && subscription.id === second;
			if (isIt) this.subscriptions.delete(subscription);
		}
	}

	private subscribe(subscription: Subscription): void {
		const { peer, id, filter } = subscription;
		const { notice, ignores, closes, login } = this.options;
		this.asked.push(filter);
		if (notice !== undefined) this.say(peer, ['NOTICE', notice]);
		if (ignores?.(filter) === true) return;
		if (login !== undefined && !this.members.has(peer)) {
			this.say(peer, ['CLOSED', id, 'auth-required: members only']);
			if (login === 'whenNeeded') this.challenge(peer);
			return;
		}
		const words = closes?.(filter) ?? null;
		if (words !== null) {
			this.say(peer, ['CLOSED', id, words]);
			return;
		}
		this.subscriptions.add(subscription);
		const announcement = this.behind.announcement();
		if (announcement !== null) this.deliver(announcement, [subscription]);
		this.say(peer, ['EOSE', id]);
	}

	private challenge(peer: Peer): void {
		if (this.challenges.has(peer)) return;
		const challenge = `challenge ${this.connections}`;
		this.challenges.set(peer, challenge);
		this.say(peer, ['AUTH', challenge]);
	}

	private admit(peer: Peer, event: Event): void {
		const tags = new Map(event.tags.map(([name, value]) => [name, value]));
		const isRight =
			verify(event) &&
			event.kind === 22242 &&
			tags.get('challenge') === this.challenges.get(peer) &&
			String(tags.get('relay')).startsWith(this.url);
		const words = isRight ? (this.options.refusesLogin ?? '') : 'invalid: not the challenge';
		if (words === '') this.members.add(peer);
		this.say(peer, ['OK', event.id, words === '', words]);
	}

	private take(peer: Peer, event: Event): void {
		const { hangsUp = { times: 0, when: 'before' } } = this.options;
		if (event.kind === 23194 && this.hungUp < hangsUp.times) {
			this.hungUp += 1;
			peer.terminate();
			if (hangsUp.when === 'after') this.behind.serve(event);
			return;
		}
		const { refuses = '', lies, swallows, loginForEvents } = this.options;
		const isStranger = loginForEvents === true && !this.members.has(peer);
		const refusal = isStranger ? 'auth-required: members only' : refuses;
		const words = verify(event) ? refusal : 'invalid: bad signature';
		this.say(peer, ['OK', event.id, words === '', words]);
		if (isStranger) this.challenge(peer);
		this.handedOver.push(event);
		const isPassedOn = (words === '' || lies === true) && swallows !== true;
		if (isPassedOn && event.kind === 23194) this.behind.serve(event);
	}

	private say(peer: Peer, message: readonly unknown[]): void {
		peer.send(JSON.stringify(message));
	}
}

function isWanted(event: Event, filter: Filter): boolean {
	return (
		(filter.kinds?.includes(event.kind) ?? true) &&
		(filter.authors?.includes(event.pubkey) ?? true) &&
		(filter['#e']?.some((wanted) => event.tags.some(([, value]) => value === wanted)) ?? true)
	);
}
