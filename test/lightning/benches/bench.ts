import type { Network } from '../../../nodes/Sats4Ai/bolt11/prefix';
import type { FailureCause } from '../../../nodes/Sats4Ai/l402/payer';
import { n8nHttp } from '../../../nodes/Sats4Ai/n8n/n8nHttp';
import { connectWallet } from '../../../nodes/Sats4Ai/wallets/backends';
import { readWalletSettings } from '../../../nodes/Sats4Ai/wallets/settings';
import type { Wallet } from '../../../nodes/Sats4Ai/wallets/wallet';
import { impatient } from '../../wallets/nodeHttp';
import { settled, type BookEntry } from '../lab/books';
import type { FaultyLine } from '../lab/faultyLine';
import type { Lab, Shop } from '../lab/lab';
import type { Lnd } from '../lab/lnd';
import { n8nRequests } from '../lab/n8nRequests';
import { paysNow } from '../lab/payForEmulator';
import type { Missing, Prepared } from '../prepare/prepared';
import type { Credential, Lacking, WrongCredential, WrongPort } from './credential';
import type { CannotHappen, Locked, OverRelays, Restartable } from './extremes';

export type { Credential, WrongCredential };

/** How a wallet takes refunds, and who pays them. */
export interface Refunds {
	/** The wallet with the right to receive. */
	readonly credential: Credential;
	/** The same wallet without that right; null where there is no such secret. */
	readonly withoutRight: Credential | null;
	/** The seller pays an invoice; false where that was paid already. */
	payOut(invoice: string): Promise<boolean>;
	/** What the wallet has ever been paid. */
	received(): Promise<readonly BookEntry[]>;
}

/** One wallet under test, with the node that pays for it and those it pays. */
export interface Bench {
	readonly credential: Credential;
	/** The same, on the network that the wallet says it is on: emulators speak of mainnet. */
	readonly described: Credential;
	/** Secrets that may not pay. */
	readonly wrongSecrets: readonly WrongCredential[];
	/** The wallet where nobody listens. */
	readonly unreachable: WrongCredential;
	/** The wallet behind a certificate that nothing vouches for; and how to trust it, where one can. */
	readonly untrusted: WrongCredential;
	readonly trusted: readonly Credential[];
	/** Addresses that lead elsewhere. */
	readonly wrongPorts: readonly WrongPort[];
	/** Secrets that may do too little. */
	readonly lacking: readonly Lacking[];
	/** The wallet's own server. */
	readonly server: Restartable;
	/** Absent where the plan says that this cannot happen. */
	readonly locked?: Locked;
	readonly relays?: OverRelays;
	/** The same wallet through a line that fails, and how a payment whose answer is cut ends. */
	readonly line: {
		readonly credential: Credential;
		readonly proxy: FaultyLine;
		readonly ends: ReadonlyArray<'paid' | 'unknown'>;
	};
	/** What the test of the right credential says. */
	readonly connected: RegExp;
	/** null where the wallet does not tell its network. */
	readonly network: Network | null;
	/** The node whose books show what the wallet pays. */
	readonly payer: Lnd;
	/** The purchase that is held waits for as long as a user does who changes no option: a minute. */
	readonly isHeldForAMinute?: boolean;
	/** The wallet with the right to list its payments. */
	readonly mayList: Credential;
	/** Whether its list has amounts cut to whole sats. */
	readonly listsWholeSats?: boolean;
	/** The lowest limit for fees with which the wallet pays a picture, in sats. */
	readonly leastFeeSat: number;
	/** Money that comes back. */
	readonly refunds: Refunds;
	/** The node that is paid, and the shop whose invoices are its. */
	readonly seller: Lnd;
	readonly shop: Shop;
	/** What a look-up says of a payment in flight. */
	readonly inFlight: ReadonlyArray<'pending' | 'unknown'>;
	/** What the wallet says when it has too little, and of an expired invoice; 'unknown': too little. */
	readonly causes: {
		readonly short: FailureCause;
		/** Where there is no route; NWC has one code for all payments that fail. */
		readonly noRoute: FailureCause;
		readonly expired: FailureCause | 'unknown';
	};
	/** More than the wallet holds. */
	readonly tooMuchMsat: bigint;
	readonly secrets: readonly string[];
	stop(): Promise<void>;
}

/** A column of the table. */
export interface BenchPlan {
	readonly title: string;
	/** Its name in the list of wallets: that of its rows in the contract suite. */
	readonly wallet: string;
	readonly kind: 'real' | 'emulated';
	readonly cannot: CannotHappen;
	/** What of this machine it needs, and whether it is there. */
	missing(prepared: Prepared): Missing | null;
	open(lab: Lab): Promise<Bench>;
}

/** Both sides of a refund between real nodes. */
export function realRefunds(payer: Lnd, seller: Lnd): Pick<Refunds, 'payOut' | 'received'> {
	return {
		payOut: async (invoice) => await paysNow(seller, invoice),
		received: async () => await settled(payer),
	};
}

const PATIENT_MS = 40_000;

const openWallets: Wallet[] = [];

/** The wallet as the node opens it, over n8n's own HTTP client. Open until `closeBenchWallets`. */
export function openBenchWallet(credential: Credential, longestMs = PATIENT_MS): Wallet {
	const http = n8nHttp(async (options) => await n8nRequests().httpRequest(options), {}, undefined);
	const wallet = connectWallet(readWalletSettings(credential), {
		http: impatient(http, longestMs),
		now: Date.now,
		elapsedMs: () => performance.now(),
		sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
	});
	openWallets.push(wallet);
	return wallet;
}

/** Lets go of what they keep open: connections to relays. */
export function closeBenchWallets(): void {
	for (const wallet of openWallets.splice(0)) wallet.close?.();
}
