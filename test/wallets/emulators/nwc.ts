import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { schnorr } from '@noble/curves/secp256k1.js';
import { WebSocket } from 'undici';
import { WebSocketServer, type WebSocket as Peer } from 'ws';
import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { hubAnswer } from './nwcHub';
import { sharedX } from '../../../nodes/Sats4Ai/wallets/nwc/connectionString';
import * as nip04 from '../../../nodes/Sats4Ai/wallets/nwc/nip04';
import * as nip44 from '../../../nodes/Sats4Ai/wallets/nwc/nip44';
import { PlayNode } from './playNode';
import type { Fault } from './server';

interface Event {
	readonly id: string;
	readonly pubkey: string;
	readonly kind: number;
	readonly created_at: number;
	readonly tags: string[][];
	readonly content: string;
	readonly sig: string;
}

interface Subscription {
	readonly peer: Peer;
	readonly id: string;
	readonly filter: { kinds?: number[]; authors?: string[]; '#e'?: string[] };
}

export interface NwcOptions {
	readonly encryption?: 'nip04' | 'nip44_v2';
	readonly methods?: readonly string[];
	/** The words a relay refuses every request with. */
	readonly relayRefuses?: string;
	/** The relay passes on what it says it refuses. */
	readonly relayLies?: boolean;
	/** Whether the relay has the wallet's announcement; it does unless told otherwise. */
	readonly announces?: boolean;
	/** Whether the announcement names the methods; it does unless told otherwise. */
	readonly namesMethods?: boolean;
}

const METHODS = ['get_balance', 'get_info', 'lookup_invoice', 'make_invoice', 'pay_invoice'];

/** A wallet service like Alby Hub's behind a relay of its own, both on the loopback. */
export class NwcEmulator implements EmulatedWallet {
	readonly node = new PlayNode();
	readonly ports = { webSocket: WebSocket };
	readonly methods: readonly string[];
	/** Every request that was handed to the relay, over whichever connection. */
	readonly handedOver: Event[] = [];
	/** The error to answer the next payments with, whatever the wallet would say. */
	answersPay: { code: string; message: string } | null = null;
	private fault: Fault = 'none';
	private elsewhere = '';
	private readonly walletSecret = randomBytes(32);
	private readonly clientSecret = randomBytes(32);
	private readonly payOnlySecret = randomBytes(32);
	private readonly subscriptions = new Set<Subscription>();
	private readonly requests: string[] = [];
	private readonly seen = new Set<string>();

	private constructor(
		private readonly server: Server,
		private readonly sockets: WebSocketServer,
		private readonly options: NwcOptions,
	) {
		this.methods = options.methods ?? METHODS;
		server.on('upgrade', (request, socket, head) => {
			if (this.fault === 'redirect') {
				socket.end(`HTTP/1.1 307 Temporary Redirect\r\nLocation: ${this.elsewhere}\r\n\r\n`);
				return;
			}
			sockets.handleUpgrade(request, socket, head, (peer) => this.welcome(peer));
		});
	}

	static async start(options: NwcOptions = {}): Promise<NwcEmulator> {
		const server = createServer();
		const emulator = new NwcEmulator(server, new WebSocketServer({ noServer: true }), options);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return emulator;
	}

	get relayUrl(): string {
		return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	get settings() {
		return this.settingsOver([this.relayUrl]);
	}

	get wrongSecret() {
		return this.settingsOver([this.relayUrl], randomBytes(32));
	}

	get payOnly() {
		return this.settingsOver([this.relayUrl], this.payOnlySecret);
	}

	get secrets(): readonly string[] {
		return [this.clientSecret.toString('hex')];
	}

	/** How many connections wait for the answer to a request. */
	replySubscriptions(): number {
		return [...this.subscriptions].filter(({ filter }) => filter.kinds?.includes(23195)).length;
	}

	settingsOver(relays: readonly string[], secret = this.clientSecret) {
		const relay = relays.map((url) => `relay=${encodeURIComponent(url)}`).join('&');
		const connectionString = `nostr+walletconnect://${publicKey(this.walletSecret)}?${relay}&secret=${secret.toString('hex')}&lud16=me%40wallet.example`;
		return { ...NO_SETTINGS, wallet: 'nwc' as const, connectionString };
	}

	breakWith(fault: Fault, elsewhere = ''): void {
		this.fault = fault;
		this.elsewhere = elsewhere;
	}

	payCalls(): number {
		return this.requests.filter((method) => method === 'pay_invoice').length;
	}

	/** Drops every connection, as a relay does that restarts. */
	dropConnections(): void {
		for (const peer of this.sockets.clients) peer.terminate();
		this.subscriptions.clear();
	}

	async close(): Promise<void> {
		this.dropConnections();
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private welcome(peer: Peer): void {
		peer.on('message', (data) => {
			this.hear(peer, JSON.parse(data.toString())).catch((defect) => {
				throw defect;
			});
		});
	}

	private async hear(peer: Peer, [type, second, third]: [string, unknown, unknown]) {
		if (type === 'REQ') {
			const subscription = { peer, id: String(second), filter: third as Subscription['filter'] };
			this.subscriptions.add(subscription);
			if (this.options.announces !== false) this.deliver(this.announcement(), [subscription]);
			peer.send(JSON.stringify(['EOSE', subscription.id]));
		}
		if (type !== 'EVENT') return;
		const event = second as Event;
		const words = verify(event) ? (this.options.relayRefuses ?? '') : 'invalid: bad signature';
		peer.send(JSON.stringify(['OK', event.id, words === '', words]));
		this.handedOver.push(event);
		const isPassedOn = words === '' || this.options.relayLies === true;
		if (isPassedOn && event.kind === 23194) await this.serve(event);
	}

	private deliver(event: Event, to: Iterable<Subscription> = this.subscriptions): void {
		for (const { peer, id, filter } of to) {
			const isWanted =
				(filter.kinds?.includes(event.kind) ?? true) &&
				(filter.authors?.includes(event.pubkey) ?? true) &&
				(filter['#e']?.some((wanted) => event.tags.some(([, value]) => value === wanted)) ?? true);
			if (isWanted) peer.send(JSON.stringify(['EVENT', id, event]));
		}
	}

	private announcement(): Event {
		const { encryption = 'nip44_v2' } = this.options;
		const tags = encryption === 'nip44_v2' ? [['encryption', 'nip44_v2 nip04']] : [];
		return signed(
			this.walletSecret,
			13194,
			tags,
			this.options.namesMethods === false ? '' : this.methods.join(' '),
		);
	}

	/** The wallet service: it answers a request once, to whoever sent it. */
	private async serve(event: Event): Promise<void> {
		const expiration = Number(
			event.tags.find(([name]) => name === 'expiration')?.[1] ?? 'Infinity',
		);
		if (this.seen.has(event.id) || expiration * 1000 < Date.now()) return;
		this.seen.add(event.id);
		const shared = sharedX(this.walletSecret, event.pubkey);
		const isNip44 = event.tags.some(
			([name, value]) => name === 'encryption' && value === 'nip44_v2',
		);
		const key = nip44.conversationKey(shared);
		const text = isNip44 ? nip44.decrypt(event.content, key) : nip04.decrypt(event.content, shared);
		const { method, params } = JSON.parse(text ?? '{}');
		const isPayOnly = event.pubkey === publicKey(this.payOnlySecret);
		const isKnown = isPayOnly || event.pubkey === publicKey(this.clientSecret);
		const allowed = this.methods.filter((name) => !isPayOnly || name !== 'make_invoice');
		if (isKnown) this.requests.push(method);
		const isScripted = method === 'pay_invoice' && this.answersPay !== null;
		const answer = isScripted
			? { error: this.answersPay }
			: isKnown
				? await hubAnswer(this.node, allowed, method, params)
				: {
						error: {
							code: 'UNAUTHORIZED',
							message: 'The public key does not have a wallet connected.',
						},
					};
		const body = JSON.stringify({ result_type: method, error: null, result: null, ...answer });
		const sealed = isNip44 ? nip44.encrypt(body, key) : nip04.encrypt(body, shared);
		const tags = [
			['p', event.pubkey],
			['e', event.id],
		];
		this.answer(signed(this.walletSecret, 23195, tags, sealed ?? ''));
	}

	private answer(response: Event): void {
		const { tags, content } = response;
		if (this.fault === 'cut') this.dropConnections();
		if (this.fault === 'oddBody') {
			// Somebody else's signature, an answer to another request, and one nobody can read.
			this.deliver(signed(randomBytes(32), 23195, tags, content));
			this.deliver({ ...response, content: `${content.slice(0, -8)}AAAAAAA=` });
			this.deliver(signed(this.walletSecret, 23195, [['e', '00'.repeat(32)]], content));
			this.deliver(signed(this.walletSecret, 23195, tags, 'It works!'));
		}
		if (this.fault === 'slow') setTimeout(() => this.deliver(response), 150);
		if (this.fault === 'none') this.deliver(response);
	}
}

function publicKey(secret: Buffer): string {
	return Buffer.from(schnorr.getPublicKey(secret)).toString('hex');
}

function idOf({ pubkey, created_at, kind, tags, content }: Omit<Event, 'id' | 'sig'>): string {
	const text = JSON.stringify([0, pubkey, created_at, kind, tags, content]);
	return createHash('sha256').update(text).digest('hex');
}

function signed(secret: Buffer, kind: number, tags: string[][], content: string): Event {
	const created_at = Math.floor(Date.now() / 1000);
	const event = { pubkey: publicKey(secret), created_at, kind, tags, content };
	const id = idOf(event);
	const sig = schnorr.sign(Buffer.from(id, 'hex'), secret, randomBytes(32));
	return { ...event, id, sig: Buffer.from(sig).toString('hex') };
}

function verify(event: Event): boolean {
	const bytes = (hex: string) => Buffer.from(hex, 'hex');
	const isSigned = schnorr.verify(bytes(event.sig), bytes(event.id), bytes(event.pubkey));
	return idOf(event) === event.id && isSigned;
}

export async function startNwc(options?: NwcOptions): Promise<NwcEmulator> {
	return await NwcEmulator.start(options);
}
