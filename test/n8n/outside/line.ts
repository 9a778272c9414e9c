import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * How a line is cut: `reset` ends its connections, and each new one at once; `silent` keeps them and
 * takes new ones, but nothing passes before it is mended, and then all that was under way does.
 */
export type Cut = 'reset' | 'silent';

/** A way to a server of this machine, as long as one likes, that can be cut. */
export class Line {
	/** How long everything is under way, in each direction. */
	delayMs = 0;
	/** Connections that were there when it was cut, or came while it was. */
	struck = 0;
	private cutting: Cut | null = null;
	private readonly pairs = new Set<Pair>();
	private waiting: Socket[] = [];

	private constructor(
		private readonly server: Server,
		private readonly target: URL,
	) {
		server.on('connection', (client) => this.take(client));
	}

	/** @param target `http://127.0.0.1:<port>` */
	static async open(target: string): Promise<Line> {
		const server = createServer({ pauseOnConnect: true });
		const line = new Line(server, new URL(target));
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(0, '127.0.0.1', resolve);
		});
		return line;
	}

	/** To be used in place of the target. */
	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	cut(how: Cut): void {
		this.cutting = how;
		this.struck = this.pairs.size;
		if (how === 'reset') this.resetAll();
	}

	mend(): void {
		this.cutting = null;
		for (const pair of this.pairs) pair.pass();
		for (const client of this.waiting.splice(0)) this.join(client);
	}

	/** Throws where nobody has noticed. */
	async cutFor(how: Cut, durationMs: number): Promise<void> {
		this.cut(how);
		await wait(durationMs);
		this.mend();
		if (this.struck === 0) throw new Error('No connection was cut');
	}

	async close(): Promise<void> {
		this.resetAll();
		for (const client of this.waiting.splice(0)) client.destroy();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private take(client: Socket): void {
		client.on('error', () => client.destroy());
		if (this.cutting === null) this.join(client);
		else {
			this.struck += 1;
			if (this.cutting === 'reset') client.resetAndDestroy();
			else this.waiting.push(client);
		}
	}

	/** Also one whose client has given up: what it had sent arrives. */
	private join(client: Socket): void {
		if (client.destroyed) return;
		const server = connect(Number(this.target.port), this.target.hostname);
		server.on('error', () => server.destroy());
		const pair = new Pair(client, server, () => this.cutting === 'silent', this.delayMs);
		this.pairs.add(pair);
		server.once('close', () => this.pairs.delete(pair));
		client.resume();
	}

	private resetAll(): void {
		for (const pair of this.pairs) pair.reset();
		this.pairs.clear();
	}
}

/** A connection, from its client to the line and from the line to its server. */
class Pair {
	private readonly ways: readonly Way[];

	constructor(
		private readonly client: Socket,
		private readonly server: Socket,
		isSilent: () => boolean,
		delayMs: number,
	) {
		this.ways = [
			new Way(client, server, isSilent, delayMs),
			new Way(server, client, isSilent, delayMs),
		];
	}

	pass(): void {
		for (const way of this.ways) way.pass();
	}

	reset(): void {
		this.client.resetAndDestroy();
		this.server.resetAndDestroy();
	}
}

/** One direction: what comes in goes out later, in its order. */
class Way {
	/** `null`: its end. */
	private held: Array<Buffer | null> = [];

	constructor(
		from: Socket,
		private readonly to: Socket,
		private readonly isSilent: () => boolean,
		delayMs: number,
	) {
		const take = (piece: Buffer | null): void => {
			setTimeout(() => {
				this.held.push(piece);
				this.pass();
			}, delayMs);
		};
		from.on('data', take);
		from.once('close', () => take(null));
	}

	pass(): void {
		if (this.isSilent()) return;
		for (const piece of this.held.splice(0)) {
			if (piece === null) this.to.end();
			else if (!this.to.destroyed) this.to.write(piece);
		}
	}
}
