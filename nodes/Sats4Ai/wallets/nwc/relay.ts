import { asArray, asText, parseJson } from '../json';
import type { WebSocketConstructor, WebSocketLike } from './webSocket';
import type { NostrEvent } from './event';

export type Filter = Readonly<Record<string, readonly (number | string)[] | number>>;

/** What a relay says (NIP-01), as far as it is of use here. */
export interface RelayListener {
	event(relay: Relay, subscription: string, event: unknown): void;
	/** All stored events of the subscription have been sent, or it was refused. */
	stored(relay: Relay, subscription: string): void;
	/** Whether the relay took the event; `words` is its reason where it did not. */
	verdict(relay: Relay, eventId: string, accepted: boolean, words: string): void;
	/** The connection opened or ended. */
	changed(): void;
}

/** No answer of a wallet is near this; what is longer is not read. */
const LONGEST_MESSAGE = 256 * 1024;

/** One relay. Reopened, it takes up its subscriptions again; events are never sent twice. */
export class Relay {
	state: 'closed' | 'connecting' | 'open' = 'closed';
	private socket: WebSocketLike | null = null;
	private readonly subscriptions = new Map<string, Filter>();

	constructor(
		readonly url: string,
		private readonly webSocket: WebSocketConstructor,
		private readonly listener: RelayListener,
	) {}

	connect(): void {
		const socket = this.newSocket();
		this.socket = socket;
		this.state = socket === null ? 'closed' : 'connecting';
		if (socket === null) return;
		const ended = () => {
			if (this.socket !== socket) return;
			this.socket = null;
			this.state = 'closed';
			this.listener.changed();
		};
		socket.addEventListener('error', ended);
		socket.addEventListener('close', ended);
		socket.addEventListener('message', ({ data }) => {
			if (this.socket === socket) this.read(data);
		});
		socket.addEventListener('open', () => {
			if (this.socket !== socket) return;
			this.state = 'open';
			for (const [id, filter] of this.subscriptions) this.say(['REQ', id, filter]);
			this.listener.changed();
		});
	}

	subscribe(id: string, filter: Filter): void {
		this.subscriptions.set(id, filter);
		if (this.state === 'open') this.say(['REQ', id, filter]);
	}

	/** Sends an event; false where there is no connection to send it over. */
	publish(event: NostrEvent): boolean {
		if (this.state !== 'open') return false;
		this.say(['EVENT', event]);
		return true;
	}

	close(): void {
		const { socket } = this;
		this.socket = null;
		this.state = 'closed';
		socket?.close();
	}

	private newSocket(): WebSocketLike | null {
		try {
			return new this.webSocket(this.url);
		} catch {
			return null;
		}
	}

	private say(message: readonly unknown[]): void {
		this.socket?.send(JSON.stringify(message));
	}

	private read(data: unknown): void {
		if (typeof data !== 'string' || data.length > LONGEST_MESSAGE) return;
		const [type, id, third, fourth] = asArray(parseJson(data));
		if (typeof id !== 'string') return;
		if (type === 'EVENT') this.listener.event(this, id, third);
		if (type === 'EOSE' || type === 'CLOSED') this.listener.stored(this, id);
		if (type === 'OK') this.listener.verdict(this, id, third === true, asText(fourth));
	}
}
