import { randomBytes } from 'node:crypto';
import { identityOf, startFaultyLine } from '../lab/faultyLine';
import { freePort } from '../lab/freePort';
import type { Lab } from '../lab/lab';
import { isMissing } from '../prepare/prepared';
import { realRefunds, type Bench, type BenchPlan, type Credential } from './bench';

const FUNDS_SAT = 20_000;

/** A wallet of an LNbits server, whose money is in LND. */
export const lnbitsBench: BenchPlan = {
	title: 'LNbits 1.6',
	wallet: 'lnbits',
	kind: 'real',
	cannot: { relays: 'LNbits is asked at one address' },
	missing: ({ go, lnbits }) => [go, lnbits].find(isMissing) ?? null,
	open: async (lab) => await open(lab),
};

async function open(lab: Lab): Promise<Bench> {
	const { lnbits, network, shopEast } = lab;
	if (isMissing(lnbits)) throw new Error(lnbits.missing);
	const wallet = await lnbits.createWallet('n8n');
	const { adminKey } = wallet;
	await lnbits.fund(wallet, network.east, FUNDS_SAT);
	const credential: Credential = {
		wallet: 'lnbits',
		url: lnbits.url,
		adminKey,
		network: 'regtest',
	};
	const proxy = await startFaultyLine(lnbits.url);
	const tls = await startFaultyLine(lnbits.url, { identity: identityOf(network.west) });
	const unknownKey = randomBytes(16).toString('hex');
	return {
		credential,
		described: credential,
		wrongSecrets: [
			{
				what: 'a key that LNbits does not know',
				credential: { ...credential, adminKey: unknownKey },
				tested: /LNbits.*Check the secret/,
				pays: { status: 'notSent', reason: /LNbits/ },
			},
			{
				what: 'the invoice key',
				credential: { ...credential, adminKey: wallet.invoiceKey },
				tested: /invoice key.*cannot pay/,
				pays: { status: 'notSent', reason: /LNbits/ },
			},
		],
		unreachable: {
			what: 'an address where nobody listens',
			credential: { ...credential, url: `http://127.0.0.1:${await freePort()}` },
			tested: /^LNbits could not be reached: .*connection refused.*Check the address/,
			pays: { status: 'notSent', reason: /connection refused/ },
		},
		untrusted: {
			what: 'a self-signed certificate in front',
			credential: { ...credential, url: tls.url },
			tested: /^LNbits could not be reached: .*self.signed cert.*that n8n trusts/,
			pays: { status: 'notSent', reason: /self.signed cert/ },
		},
		trusted: [],
		wrongPorts: [
			{
				what: 'TLS to the port without',
				credential: { ...credential, url: lnbits.url.replace('http:', 'https:') },
				says: /write http:\/\/ instead of https:\/\//,
			},
			{
				what: 'plain HTTP to the port of LND behind it',
				credential: { ...credential, url: network.west.restUrl.replace('https:', 'http:') },
				says: /that port speaks TLS, so write https:\/\/ instead of http:\/\//,
			},
			{
				what: 'a gRPC port',
				credential: { ...credential, url: `http://${network.west.rpcAddress}` },
				says: /expect TLS: write https:\/\/|does not speak HTTP\/1\.1/,
			},
			{
				what: 'the port of a web server',
				credential: { ...credential, url: shopEast.aperture.url },
				says: /there is no LNbits API at this URL/i,
			},
		],
		lacking: [
			{
				what: 'the invoice key',
				credential: { ...credential, adminKey: wallet.invoiceKey },
				tested:
					/^This is the invoice key of the LNbits wallet, which cannot pay; use the admin key/,
				bought: /LNbits refused the credentials \(HTTP 403: Invoice \(or Admin\) key required\.\)/,
			},
		],
		server: lnbits,
		locked: {
			// What LNbits has handed to a node that takes nothing, it keeps as pending.
			code: /^PAYMENT_UNKNOWN$/,
			spent: /^unknown$/,
			says: /LNbits is still paying/,
			tested: /^Connected to lnbits/,
			staysOpen: true,
		},
		line: { credential: { ...credential, url: proxy.url }, proxy, ends: ['unknown'] },
		connected: /^Connected to lnbits "n8n": network not told by the wallet, \d+ sats to spend\.$/,
		network: null,
		payer: network.west,
		mayList: credential,
		leastFeeSat: 2,
		refunds: { credential, withoutRight: null, ...realRefunds(network.west, network.east) },
		seller: network.east,
		shop: shopEast,
		// Over LND, LNbits answers when the payment has ended, and up to 30 s not at all.
		inFlight: ['pending', 'unknown'],
		causes: { short: 'balance', noRoute: 'noRoute', expired: 'expired' },
		tooMuchMsat: BigInt(2 * FUNDS_SAT) * 1000n,
		secrets: [adminKey, wallet.invoiceKey, unknownKey],
		stop: async () => {
			await proxy.stop();
			await tls.stop();
		},
	};
}
