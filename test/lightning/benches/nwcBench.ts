import { randomBytes } from 'node:crypto';
import { identityOf, startFaultyLine } from '../lab/faultyLine';
import { freePort } from '../lab/freePort';
import type { Lab } from '../lab/lab';
import { publicKeyOf } from '../lab/nwc';
import { untilAnnounced } from '../lab/untilAnnounced';
import { connectionMethods, methodsForCap, methodsForRefunds } from '../lab/walletsPage';
import { realRefunds, type Bench, type BenchPlan } from './bench';
import type { Credential, Lacking } from './credential';
import { albyHub, albySdk, connectionString, secretIn, there, type NwcWallet } from './nwcWallets';

export const nwcBench = nostrBench(albySdk);
export const albyHubBench = nostrBench(albyHub);

function nostrBench(wallet: NwcWallet): BenchPlan {
	const { title, missing } = wallet;
	const open = async (lab: Lab) => await openNwc(lab, wallet);
	return { title, wallet: 'nwc', kind: 'real', cannot: {}, missing, open };
}

async function openNwc(lab: Lab, wallet: NwcWallet): Promise<Bench> {
	const { network, shopEast } = lab;
	const { open: openRelay, members, deaf } = there(lab.relays);
	const relayUrl = openRelay.url;
	const known = async (text: string): Promise<Credential> => {
		await untilAnnounced(relayUrl, new URL(text).host);
		return { wallet: 'nwc', connectionString: text, network: 'regtest' };
	};
	const connect = async (more: readonly string[]) =>
		await known(await wallet.connect(lab, [...connectionMethods(), ...more]));
	const credential = await connect([]);
	const { host: walletKey } = new URL(String(credential.connectionString));
	const clientSecret = secretIn(String(credential.connectionString));
	const over = (relayUrls: readonly string[], secret = clientSecret): Credential => ({
		...credential,
		connectionString: connectionString(walletKey, relayUrls, secret),
	});
	const { hasRights } = wallet;
	const mayReceive = hasRights ? await connect(methodsForRefunds()) : credential;
	const mayList = hasRights ? await connect(methodsForCap()) : credential;
	const narrow: Array<{ readonly stop: () => Promise<void> }> = [];
	const lacking: Lacking[] = [];
	for (const method of ['pay_invoice', 'lookup_invoice']) {
		const { text, stop } = await wallet.connectWithout(lab, method);
		narrow.push({ stop });
		const says = new RegExp(`not allowed to use ${method}`);
		const what = `a connection without ${method}`;
		lacking.push({ what, credential: await known(text), tested: says, bought: says });
	}
	const proxy = await startFaultyLine(relayUrl);
	const tls = await startFaultyLine(relayUrl, { identity: identityOf(network.west) });
	const unknownSecret = randomBytes(32).toString('hex');
	const dead = `ws://127.0.0.1:${await freePort()}`;
	const noRelay = /no relay of the connection could be reached/i;
	const wrongPorts = [
		['the port of a web server', shopEast.aperture.url.replace('http:', 'ws:')],
		['a gRPC port', `ws://${network.west.rpcAddress}`],
		['TLS to the port without', relayUrl.replace('ws:', 'wss:')],
	] as const;
	const texts = [credential, mayReceive, mayList].map((each) => String(each.connectionString));
	return {
		credential,
		described: credential,
		wrongSecrets: [
			{
				what: 'a secret that the wallet does not know',
				credential: over([relayUrl], unknownSecret),
				// Neither of them answers strangers at all.
				tested: /did not answer/,
				pays: { status: 'unknown', reason: /answer/ },
			},
		],
		unreachable: {
			what: 'a relay where nobody listens',
			credential: over([dead]),
			tested: /relay.*Check the address/,
			pays: { status: 'notSent', reason: /relay/ },
		},
		untrusted: {
			what: 'a self-signed certificate at the relay',
			credential: over([tls.url]),
			tested: /relay.*Check the address/,
			pays: { status: 'notSent', reason: /relay/ },
		},
		trusted: [],
		wrongPorts: wrongPorts.map(([what, url]) => ({ what, credential: over([url]), says: noRelay })),
		lacking,
		server: wallet.server(lab),
		locked: wallet.locked,
		relays: {
			over,
			open: relayUrl,
			members,
			memberKey: publicKeyOf(Buffer.from(clientSecret, 'hex')),
			deaf: deaf.url,
			dead,
		},
		// The exchange may hear the answer over its next connection.
		line: { credential: over([proxy.url]), proxy, ends: ['paid', 'unknown'] },
		connected: /^Connected to nwc "west": regtest, \d+ sats to spend\.$/,
		network: 'regtest',
		payer: network.west,
		mayList,
		leastFeeSat: 10,
		refunds: {
			credential: mayReceive,
			withoutRight: hasRights ? credential : null,
			...realRefunds(network.west, network.east),
		},
		seller: network.east,
		shop: shopEast,
		inFlight: ['pending'],
		causes: { short: wallet.short, noRoute: 'other', expired: 'unknown' },
		tooMuchMsat: wallet.tooMuchMsat(lab),
		secrets: [unknownSecret, ...texts.map(secretIn)],
		stop: async () => {
			await proxy.stop();
			await tls.stop();
			for (const { stop } of narrow) await stop();
		},
	};
}
