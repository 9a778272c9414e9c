import { randomBytes } from 'node:crypto';
import type { FailureCause } from '../../../nodes/Sats4Ai/l402/payer';
import { identityOf, startFaultyLine } from '../lab/faultyLine';
import { freePort } from '../lab/freePort';
import type { Lab } from '../lab/lab';
import { untilAnnounced } from '../lab/untilAnnounced';
import { connectionMethods, methodsForRefunds } from '../lab/walletsPage';
import { isMissing } from '../prepare/prepared';
import { realRefunds, type Bench, type BenchPlan, type Credential } from './bench';

interface NwcWallet {
	readonly title: string;
	readonly missing: BenchPlan['missing'];
	/** The connection string that the wallet gives out. */
	connect(lab: Lab): Promise<string>;
	/** One that may receive, too; absent where the first one may. */
	readonly connectForRefunds?: (lab: Lab) => Promise<string>;
	/** What is left of this connection is less. */
	readonly tooMuchMsat: (lab: Lab) => bigint;
	readonly short: FailureCause;
}

/** Alby's wallet service over a Nostr relay, paying from LND. */
export const nwcBench = nostrBench({
	title: 'NWC (Alby SDK)',
	missing: ({ go, nwc }) => [go, nwc].find(isMissing) ?? null,
	connect: async ({ nwc }) => {
		if (isMissing(nwc)) throw new Error(nwc.missing);
		const { walletKey, relayUrl, clientSecret } = nwc;
		return connectionString(walletKey, relayUrl, clientSecret);
	},
	tooMuchMsat: ({ network }) => BigInt(network.channelSat) * 1000n,
	short: 'balance',
});

const BUDGET_SAT = 50_000;

/** Alby Hub, paying from LND, with the permissions of `docs/wallets.md` and a budget. */
export const albyHubBench = nostrBench({
	title: 'NWC (Alby Hub)',
	missing: ({ go, nwc, hub }) => [go, nwc, hub].find(isMissing) ?? null,
	connect: async ({ hub }) => {
		if (isMissing(hub)) throw new Error(hub.missing);
		return await hub.connect(connectionMethods(), BUDGET_SAT);
	},
	connectForRefunds: async ({ hub }) => {
		if (isMissing(hub)) throw new Error(hub.missing);
		return await hub.connect([...connectionMethods(), ...methodsForRefunds()], BUDGET_SAT);
	},
	tooMuchMsat: () => BigInt(BUDGET_SAT) * 1000n,
	short: 'budget',
});

function connectionString(walletKey: string, relayUrl: string, secret: string): string {
	const relay = encodeURIComponent(relayUrl);
	return `nostr+walletconnect://${walletKey}?relay=${relay}&secret=${secret}`;
}

function secretsIn(connection: string | undefined): string[] {
	const secret = new URL(connection ?? 'nostr:').searchParams.get('secret');
	return secret === null ? [] : [secret];
}

function nostrBench(wallet: NwcWallet): BenchPlan {
	const { title, missing } = wallet;
	const open = async (lab: Lab) => await openNwc(lab, wallet);
	return { title, wallet: 'nwc', kind: 'real', missing, open };
}

async function openNwc(lab: Lab, wallet: NwcWallet): Promise<Bench> {
	const { network, shopEast } = lab;
	const right = await wallet.connect(lab);
	const { host: walletKey, searchParams } = new URL(right);
	const relayUrl = searchParams.get('relay') ?? '';
	const clientSecret = searchParams.get('secret') ?? '';
	await untilAnnounced(relayUrl, walletKey);
	const connection = (relay: string, secret = clientSecret): Credential => ({
		wallet: 'nwc',
		connectionString: connectionString(walletKey, relay, secret),
		network: 'regtest',
	});
	const credential = { ...connection(relayUrl), connectionString: right };
	const forRefunds = await wallet.connectForRefunds?.(lab);
	if (forRefunds !== undefined) await untilAnnounced(relayUrl, new URL(forRefunds).host);
	const proxy = await startFaultyLine(relayUrl);
	const tls = await startFaultyLine(relayUrl, { identity: identityOf(network.west) });
	const unknownSecret = randomBytes(32).toString('hex');
	return {
		credential,
		described: credential,
		wrongSecrets: [
			{
				what: 'a secret that the wallet does not know',
				credential: connection(relayUrl, unknownSecret),
				// Neither of them answers strangers at all.
				tested: /did not answer/,
				pays: { status: 'unknown', reason: /answer/ },
			},
		],
		unreachable: {
			what: 'a relay where nobody listens',
			credential: connection(`ws://127.0.0.1:${await freePort()}`),
			tested: /relay.*Check the address/,
			pays: { status: 'notSent', reason: /relay/ },
		},
		untrusted: {
			what: 'a self-signed certificate at the relay',
			credential: connection(tls.url),
			tested: /relay.*Check the address/,
			pays: { status: 'notSent', reason: /relay/ },
		},
		trusted: [],
		// The exchange may hear the answer over its next connection.
		line: { credential: connection(proxy.url), proxy, ends: ['paid', 'unknown'] },
		connected: /^Connected to nwc "west": regtest, \d+ sats to spend\.$/,
		network: 'regtest',
		payer: network.west,
		mayList: null,
		refunds: {
			credential: { ...credential, connectionString: forRefunds ?? right },
			withoutRight: forRefunds === undefined ? null : credential,
			...realRefunds(network.west, network.east),
		},
		seller: network.east,
		shop: shopEast,
		inFlight: ['pending'],
		causes: { short: wallet.short, expired: 'unknown' },
		tooMuchMsat: wallet.tooMuchMsat(lab),
		secrets: [clientSecret, unknownSecret, ...secretsIn(forRefunds)],
		stop: async () => {
			await proxy.stop();
			await tls.stop();
		},
	};
}
