import { randomBytes } from 'node:crypto';
import { identityOf, startCutProxy } from '../lab/cutProxy';
import { freePort } from '../lab/freePort';
import type { Lab } from '../lab/lab';
import { isMissing } from '../prepare/prepared';
import type { Bench, BenchPlan, Credential } from './bench';

/** Alby's wallet service over a Nostr relay, paying from LND. */
export const nwcBench: BenchPlan = {
	title: 'NWC (Alby)',
	kind: 'real',
	missing: ({ go, nwc }) => [go, nwc].find(isMissing) ?? null,
	open: async (lab) => await open(lab),
};

async function open({ nwc, network, shopEast }: Lab): Promise<Bench> {
	if (isMissing(nwc)) throw new Error(nwc.missing);
	const { relayUrl, walletKey, clientSecret } = nwc;
	const connection = (relay: string, secret = clientSecret): Credential => ({
		wallet: 'nwc',
		connectionString: `nostr+walletconnect://${walletKey}?relay=${encodeURIComponent(relay)}&secret=${secret}`,
		network: 'regtest',
	});
	const proxy = await startCutProxy(relayUrl);
	const tls = await startCutProxy(relayUrl, { identity: identityOf(network.west) });
	const unknownSecret = randomBytes(32).toString('hex');
	return {
		credential: connection(relayUrl),
		described: connection(relayUrl),
		wrongSecrets: [
			{
				what: 'a secret that the wallet does not know',
				credential: connection(relayUrl, unknownSecret),
				// Alby's service does not answer strangers at all.
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
		seller: network.east,
		shop: shopEast,
		inFlight: ['pending'],
		causes: { short: 'balance', expired: 'unknown' },
		tooMuchMsat: BigInt(network.channelSat) * 1000n,
		secrets: [clientSecret, unknownSecret],
		stop: async () => {
			await proxy.stop();
			await tls.stop();
		},
	};
}
