import { asArray, parseJson } from '../json';
import type { WebSocketConstructor, WebSocketLike } from './webSocket';

export interface WireListener {
	opened(): void;
	heard(message: readonly unknown[]): void;
	ended(): void;
}

/** No answer of a wallet is near this; what is longer is not read. */
const LONGEST_MESSAGE = 256 * 1024;
/** A relay that refuses connections, or ends them at once, is not tried more often than this. */
const PAUSE_MS = 1_000;
/** So many connections may be left behind that were told to close and have not ended. */
const MOST_CLOSING = 2;

/**
 * The connection to one relay. Node's WebSocket cannot be cut off: after `close` it stays until the
 * relay agrees, so it is counted until then, and where a relay never does, no more are opened.
 */
export class Wire {
	state: 'closed' | 'connecting' | 'open' = 'closed';
	/** How many connections were tried so far. */
	attempts = 0;
	/** When the relay said something last, as in `Clock.elapsedMs`. */
	heardAt = -Infinity;
	private socket: WebSocketLike | null = null;
	private readonly closing = new Set<WebSocketLike>();
	private openedAt: number | null = null;
	private mayConnectAt = -Infinity;

	constructor(
		readonly url: string,
		private readonly webSocket: WebSocketConstructor,
		private readonly elapsedMs: () => number,
		private readonly listener: WireListener,
	) {}

	/** Connects where it is closed, and the last failure is a moment ago. */
	connect(): void {
		if (this.state !== 'closed' || this.elapsedMs() < this.mayConnectAt) return;
		this.attempts += 1;
		this.openedAt = null;
		const socket = this.newSocket();
		if (socket === null) {
			this.mayConnectAt = this.elapsedMs() + PAUSE_MS;
			return;
		}
		this.socket = socket;
		this.state = 'connecting';
		const ended = () => {
			this.closing.delete(socket);
			if (this.socket === socket) this.lose();
		};
		socket.addEventListener('error', ended);
		socket.addEventListener('close', ended);
		socket.addEventListener('open', () => {
			if (this.socket !== socket) return;
			this.state = 'open';
			this.openedAt = this.elapsedMs();
			this.listener.opened();
		});
		socket.addEventListener('message', ({ data }) => {
			if (this.socket !== socket) return;
			this.heardAt = this.elapsedMs();
			if (typeof data !== 'string' || data.length > LONGEST_MESSAGE) return;
			this.listener.heard(asArray(parseJson(data)));
		});
	}

	say(message: readonly unknown[]): void {
		if (this.state === 'open') this.socket?.send(JSON.stringify(message));
	}

	/** Closes, unless an earlier connection still has not ended: then this one is kept for later. */
	retire(): void {
		if (this.closing.size === 0) this.close();
	}

	/** Closes a connection that nothing is heard over, so that another one can be opened. */
	close(): void {
		const { socket } = this;
		if (socket === null || this.closing.size >= MOST_CLOSING) return;
		this.socket = null;
		this.state = 'closed';
		this.closing.add(socket);
		socket.close();
		this.listener.ended();
	}

	/** Whether nothing of it is left. */
	get isGone(): boolean {
		return this.state === 'closed' && this.closing.size === 0;
	}

	private lose(): void {
		const livedMs = this.openedAt === null ? 0 : this.elapsedMs() - this.openedAt;
		this.mayConnectAt = livedMs < PAUSE_MS ? this.elapsedMs() + PAUSE_MS : -Infinity;
		this.socket = null;
		this.state = 'closed';
		this.listener.ended();
	}

	private newSocket(): WebSocketLike | null {
		try {
			return new this.webSocket(this.url);
		} catch {
			return null;
		}
	}
}
