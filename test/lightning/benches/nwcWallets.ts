import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureCause } from '../../../nodes/Sats4Ai/l402/payer';
import type { Lab } from '../lab/lab';
import { NWC_METHODS, startNwc } from '../lab/nwc';
import { connectionMethods } from '../lab/walletsPage';
import { isMissing, type Missing } from '../prepare/prepared';
import type { BenchPlan } from './bench';
import type { Locked, Restartable } from './extremes';

/** A wallet behind Nostr Wallet Connect, as far as one differs from the other. */
export interface NwcWallet {
	readonly title: string;
	readonly missing: BenchPlan['missing'];
	/** The connection string that the wallet gives out, for these methods. */
	connect(lab: Lab, methods: readonly string[]): Promise<string>;
	/** One that lacks this method; its server stops with the bench. */
	connectWithout(
		lab: Lab,
		method: string,
	): Promise<{ text: string; readonly stop: () => Promise<void> }>;
	/** Whether a connection has the methods it was asked for with, and no others. */
	readonly hasRights: boolean;
	readonly server: (lab: Lab) => Restartable;
	readonly locked: Locked;
	/** What is left of this connection is less. */
	readonly tooMuchMsat: (lab: Lab) => bigint;
	readonly short: FailureCause;
}

/** Alby's wallet service over a Nostr relay, paying from LND. */
export const albySdk: NwcWallet = {
	title: 'NWC (Alby SDK)',
	missing: ({ go, nwc }) => [go, nwc].find(isMissing) ?? null,
	connect: async (lab) => {
		const { walletKey, clientSecret } = there(lab.nwc);
		return connectionString(walletKey, [there(lab.relays).open.url], clientSecret);
	},
	connectWithout: async (lab, method) => {
		const relay = there(lab.relays).open.url;
		const other = await startNwc({
			packages: there(lab.nwcPackages),
			folder: mkdtempSync(join(lab.network.west.folder, 'nwc-')),
			node: lab.network.west,
			relayUrls: [relay],
			methods: NWC_METHODS.filter((name) => name !== method),
		});
		const { walletKey, clientSecret, stop } = other;
		return { text: connectionString(walletKey, [relay], clientSecret), stop };
	},
	hasRights: false,
	server: ({ nwc }) => there(nwc),
	locked: {
		code: /^PAYMENT_UNKNOWN$/,
		spent: /^unknown$/,
		says: /the wallet said OTHER: wallet locked/,
		tested: /did not answer/,
	},
	tooMuchMsat: ({ network }) => BigInt(network.channelSat) * 1000n,
	short: 'balance',
};

const BUDGET_SAT = 50_000;

/** Alby Hub, paying from LND, with the permissions of `docs/wallets.md` and a budget. */
export const albyHub: NwcWallet = {
	title: 'NWC (Alby Hub)',
	missing: ({ go, nwc, hub }) => [go, nwc, hub].find(isMissing) ?? null,
	connect: async ({ hub }, methods) => await there(hub).connect(methods, BUDGET_SAT),
	connectWithout: async ({ hub }, method) => ({
		text: await there(hub).connect(
			connectionMethods().filter((name) => name !== method),
			BUDGET_SAT,
		),
		stop: async () => undefined,
	}),
	hasRights: true,
	server: ({ hub }) => there(hub),
	locked: {
		code: /^PAYMENT_(FAILED|UNKNOWN)$/,
		spent: /^(no|unknown)$/,
		says: /wallet/,
		tested: /wallet/i,
	},
	tooMuchMsat: () => BigInt(BUDGET_SAT) * 1000n,
	short: 'budget',
};

/** Part of the lab that is there whenever this is asked. */
export function there<Part>(part: Part | Missing): Part {
	if (isMissing(part)) throw new Error(part.missing);
	return part;
}

export function connectionString(
	walletKey: string,
	relayUrls: readonly string[],
	secret: string,
): string {
	const relays = relayUrls.map((url) => `relay=${encodeURIComponent(url)}`);
	return `nostr+walletconnect://${walletKey}?${[...relays, `secret=${secret}`].join('&')}`;
}

export const secretIn = (connection: string) =>
	new URL(connection).searchParams.get('secret') ?? '';
