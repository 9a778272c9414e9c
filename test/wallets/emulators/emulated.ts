import type {
	WalletName,
	WalletPorts,
	WalletSettings,
} from '../../../nodes/Sats4Ai/wallets/wallet';
import type { PlayNode } from './playNode';
import type { Fault, Reply } from './server';

/** A wallet that answers like the real one, for the contract suite. */
export interface EmulatedWallet {
	readonly node: PlayNode;
	readonly settings: WalletSettings;
	/** The same wallet, asked with a secret it does not accept. */
	readonly wrongSecret: WalletSettings;
	/** A secret that may pay and make no invoices; absent where this kind of wallet has none. */
	readonly payOnly?: WalletSettings;
	/** A secret that may pay and not list payments; absent where this kind of wallet has none. */
	readonly listless?: WalletSettings;
	/** Everything that must never show up in a text or at another host. */
	readonly secrets: readonly string[];
	/** What the wallet needs beyond HTTP. */
	readonly ports?: Partial<WalletPorts>;
	/** Breaks the way to the wallet; `elsewhere` is where a redirect points. */
	breakWith(fault: Fault, elsewhere?: string): void;
	/** Has every request answered with this; absent where the wallet speaks no HTTP. */
	replaceBy?(reply: Reply | undefined): void;
	/** All requests so far, as `GET /path`; absent where the wallet speaks no HTTP. */
	asked?(): readonly string[];
	/** Secrets that lack a right, and what the missing right is called; none where all have all. */
	readonly lacking?: ReadonlyArray<readonly [settings: WalletSettings, says: RegExp]>;
	/** How many requests have reached the wallet that could make it pay. */
	payCalls(): number;
	/** How many requests have reached the wallet that asked for a list of payments. */
	listCalls(): number;
	/** Stops answering, so that its address is refused. */
	close(): Promise<void>;
}

/** These estimate the fee and refuse above the limit; the API of the others takes one. */
export const ESTIMATES_FEES: ReadonlySet<WalletName> = new Set(['lnbits', 'nwc', 'phoenixd']);

export type StartEmulator = () => Promise<EmulatedWallet>;

export const NO_SETTINGS: WalletSettings = {
	wallet: 'lnd',
	url: '',
	macaroon: '',
	adminKey: '',
	password: '',
	rune: '',
	connectionString: '',
	caCertificate: '',
	ignoreSslIssues: false,
};
