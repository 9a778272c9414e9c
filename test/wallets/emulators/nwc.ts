import { randomBytes } from 'node:crypto';
import { WebSocket } from 'undici';
import { NO_SETTINGS, type EmulatedWallet } from './emulated';
import { hubAnswer } from './nwcHub';
import { publicKey, signed, type Event } from './nwcEvents';
import { NwcRelay, type RelayOptions } from './nwcRelay';
import { sharedX } from '../../../nodes/Sats4Ai/wallets/nwc/connectionString';
import * as nip04 from '../../../nodes/Sats4Ai/wallets/nwc/nip04';
import * as nip44 from '../../../nodes/Sats4Ai/wallets/nwc/nip44';
import { PlayNode } from './playNode';
import type { Fault } from './server';

export interface NwcOptions extends RelayOptions {
	readonly encryption?: 'nip04' | 'nip44_v2';
	readonly methods?: readonly string[];
	/** Whether the relay has the wallet's announcement; it does unless told otherwise. */
	readonly announces?: boolean;
	/** Whether the announcement names the methods; it does unless told otherwise. */
	readonly namesMethods?: boolean;
}

/** What stands behind a relay beside the wallet's own one. */
export interface SecondRelay extends RelayOptions {
	/** How old the announcement is that it keeps, in seconds; null where it has none. */
	readonly announcedAgoS?: number | null;
}

const METHODS = [
	'get_balance',
	'get_budget',
	'get_info',
	'list_transactions',
	'lookup_invoice',
	'make_invoice',
	'pay_invoice',
];

/** A wallet service like Alby Hub's behind a relay of its own, both on the loopback. */
export class NwcEmulator implements EmulatedWallet {
	readonly node = new PlayNode();
	readonly ports = { webSocket: WebSocket };
	methods: readonly string[];
	/** Changes what the wallet says, before it is encrypted. A text is sent as it is. */
	speaks: ((method: string, answer: object) => object | string) | null = null;
	/** The error it answers every payment with, without paying. */
	refusesToPay: unknown = null;
	/** Whether the relay has the wallet's announcement. */
	announces: boolean;
	/** Every relay that the wallet listens at. */
	readonly relays: NwcRelay[] = [];
	/** How many answers the wallet has given. */
	answered = 0;
	/** The wallet is switched off. */
	isOff = false;
	private fault: Fault = 'none';
	private readonly walletSecret = randomBytes(32);
	private readonly clientSecret = randomBytes(32);
	private readonly payOnlySecret = randomBytes(32);
	private readonly listlessSecret = randomBytes(32);
	private readonly requests: string[] = [];
	private readonly seen = new Set<string>();

	private constructor(private readonly options: NwcOptions) {
		this.methods = options.methods ?? METHODS;
		this.announces = options.announces ?? true;
	}

	static async start(options: NwcOptions = {}): Promise<NwcEmulator> {
		const emulator = new NwcEmulator(options);
		await emulator.listenAt(options, () => (emulator.announces ? emulator.announcement() : null));
		return emulator;
	}

	/** Another relay that the wallet is connected to. */
	async alsoAt({ announcedAgoS = 0, ...options }: SecondRelay = {}): Promise<NwcRelay> {
		return await this.listenAt(options, () =>
			announcedAgoS === null ? null : this.announcement(announcedAgoS),
		);
	}

	get relay(): NwcRelay {
		const [relay] = this.relays;
		if (relay === undefined) throw new Error('The wallet has no relay');
		return relay;
	}

	get relayUrl(): string {
		return this.relay.url;
	}

	/** Every request that was handed to the wallet's own relay. */
	get handedOver(): readonly Event[] {
		return this.relay.handedOver;
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

	get listless() {
		return this.settingsOver([this.relayUrl], this.listlessSecret);
	}

	get secrets(): readonly string[] {
		return [this.clientSecret.toString('hex')];
	}

	settingsOver(relays: readonly string[], secret = this.clientSecret) {
		const relay = relays.map((url) => `relay=${encodeURIComponent(url)}`).join('&');
		const connectionString = `nostr+walletconnect://${publicKey(this.walletSecret)}?${relay}&secret=${secret.toString('hex')}&lud16=me%40wallet.example`;
		return { ...NO_SETTINGS, wallet: 'nwc' as const, connectionString };
	}

	breakWith(fault: Fault, elsewhere = ''): void {
		this.fault = fault;
		for (const relay of this.relays) relay.redirectsTo = fault === 'redirect' ? elsewhere : null;
	}

	payCalls(): number {
		return this.requests.filter((method) => method === 'pay_invoice').length;
	}

	listCalls(): number {
		return this.requests.filter((method) => method === 'list_transactions').length;
	}

	replySubscriptions(): number {
		return this.relay.replySubscriptions();
	}

	/** Drops every connection, as a relay does that restarts. */
	dropConnections(): void {
		for (const relay of this.relays) relay.drop();
	}

	/** Tells everybody who listens, as a wallet does that starts. */
	announce(): void {
		this.announces = true;
		for (const relay of this.relays) relay.deliver(this.announcement());
	}

	async close(): Promise<void> {
		for (const relay of this.relays) await relay.close();
	}

	private async listenAt(options: RelayOptions, announcement: () => Event | null) {
		const serve = (event: Event) => {
			this.serve(event).catch((defect: unknown) => {
				throw defect;
			});
		};
		const relay = await NwcRelay.start({ announcement, serve }, options);
		this.relays.push(relay);
		return relay;
	}

	private announcement(agoS = 0): Event {
		const { encryption = 'nip44_v2' } = this.options;
		const tags = encryption === 'nip44_v2' ? [['encryption', 'nip44_v2 nip04']] : [];
		const methods = this.options.namesMethods === false ? '' : this.methods.join(' ');
		const createdAt = Math.floor(Date.now() / 1000) - agoS;
		return signed(this.walletSecret, 13194, tags, methods, createdAt);
	}

	/** The wallet service: it answers a request once, to whoever sent it. */
	private async serve(event: Event): Promise<void> {
		const expiration = Number(
			event.tags.find(([name]) => name === 'expiration')?.[1] ?? 'Infinity',
		);
		if (this.isOff || this.seen.has(event.id) || expiration * 1000 < Date.now()) return;
		this.seen.add(event.id);
		const shared = sharedX(this.walletSecret, event.pubkey);
		const isNip44 = event.tags.some(
			([name, value]) => name === 'encryption' && value === 'nip44_v2',
		);
		const key = nip44.conversationKey(shared);
		const knowsForm = !isNip44 || this.options.encryption !== 'nip04';
		const text = !knowsForm
			? null
			: isNip44
				? nip44.decrypt(event.content, key)
				: nip04.decrypt(event.content, shared);
		const answer =
			text === null
				? { error: 'Failed to decrypt request' }
				: await this.answerTo(event.pubkey, JSON.parse(text));
		const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
		const inNip44 = isNip44 && knowsForm;
		const sealed = inNip44 ? nip44.encrypt(body, key) : nip04.encrypt(body, shared);
		const tags = [
			['p', event.pubkey],
			['e', event.id],
		];
		this.answer(signed(this.walletSecret, 23195, tags, sealed ?? ''));
	}

	private async answerTo(
		client: string,
		{ method, params }: { method: string; params: Record<string, unknown> },
	): Promise<object | string> {
		const isPayOnly = client === publicKey(this.payOnlySecret);
		const isListless = client === publicKey(this.listlessSecret);
		const isKnown = isPayOnly || isListless || client === publicKey(this.clientSecret);
		const denied = isPayOnly ? 'make_invoice' : isListless ? 'list_transactions' : '';
		const allowed = this.methods.filter((name) => name !== denied);
		if (isKnown) this.requests.push(method);
		if (method === 'pay_invoice' && this.refusesToPay !== null) return { error: this.refusesToPay };
		const message = 'The public key does not have a wallet connected.';
		const answer = isKnown
			? await hubAnswer(this.node, allowed, method, params)
			: { error: { code: 'UNAUTHORIZED', message } };
		const honest = { result_type: method, error: null, result: null, ...answer };
		return this.speaks?.(method, honest) ?? honest;
	}

	private answer(response: Event): void {
		const { tags, content } = response;
		this.answered += 1;
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

	private deliver(event: Event): void {
		for (const relay of this.relays) {
			if (relay.options.swallows !== true) relay.deliver(event);
		}
	}
}

export async function startNwc(options?: NwcOptions): Promise<NwcEmulator> {
	return await NwcEmulator.start(options);
}
