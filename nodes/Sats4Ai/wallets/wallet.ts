import type { Network } from '../bolt11/prefix';
import type { Http } from '../l402/http';
import type { Payer } from '../l402/payer';
import type { Receiver } from '../l402/receiver';
import type { MetWallets } from './metWallets';
import type { Spender } from './spending';
import type { WebSocketConstructor } from './nwc/webSocket';
import type { WalletUnavailable } from './unavailable';

export type { WalletUnavailable };

/** As in the credential form and in every record; `backends.ts` has one of each. */
export const WALLET_NAMES = ['cln', 'lnbits', 'lnd', 'nwc', 'phoenixd'] as const;
export type WalletName = (typeof WALLET_NAMES)[number];

/** What the credential form holds, as n8n hands it over. Empty strings where nothing was typed. */
export interface WalletSettings {
	/** What is chosen in the form; whether there is such a wallet, `connectWallet` finds out. */
	readonly wallet: string;
	/** Base URL of the wallet's HTTP API, without a trailing slash. */
	readonly url: string;
	readonly macaroon: string;
	readonly adminKey: string;
	readonly password: string;
	readonly rune: string;
	readonly connectionString: string;
	/** PEM, or empty. */
	readonly caCertificate: string;
	readonly ignoreSslIssues: boolean;
}

/** What a wallet says of itself: for the credential test. */
export interface WalletDescription {
	/** null where the wallet does not tell (LNbits). */
	readonly network: Network | null;
	readonly alias: string;
	/** null where the wallet does not tell. */
	readonly spendableMsat: bigint | null;
}

/** What a wallet says of itself before it is asked for its balance. */
export type WalletInfo = { readonly status: 'ok' } & Omit<WalletDescription, 'spendableMsat'>;

export interface Wallet extends Payer, Receiver, Spender {
	readonly name: WalletName;
	/** Reaches the wallet and reads what it says of itself. Never pays, never throws. */
	describe(timeoutMs: number): Promise<({ status: 'ok' } & WalletDescription) | WalletUnavailable>;
	/** Lets go of what stays open between calls, where something does. To be called at the end. */
	close?(): void;
}

/** What a wallet is given to work with; no n8n, no clock, no socket of its own. */
export interface WalletPorts {
	readonly http: Http;
	/** Waits; returns early when the run is stopped. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** As in `Clock`: for deadlines. */
	readonly elapsedMs: () => number;
	/** What a run remembers of the wallets it has met; nothing where absent. */
	readonly met?: MetWallets;
	/** For Nostr Wallet Connect; Node's own where absent. */
	readonly webSocket?: WebSocketConstructor;
}

/**
 * One backend: how to make a wallet from the settings. Throws `WalletSettingsInvalid` where the
 * settings cannot work (no URL, macaroon that is neither hex nor base64), before any request.
 */
export interface WalletBackend {
	readonly name: WalletName;
	connect(settings: WalletSettings, ports: WalletPorts): Wallet;
}

/** The credential form holds something that cannot work. Never carries a secret. */
export class WalletSettingsInvalid extends Error {
	override readonly name = 'WalletSettingsInvalid';
}
