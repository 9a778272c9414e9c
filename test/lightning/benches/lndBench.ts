import {
	bakeCommand,
	bakeListing,
	bakeMacaroon,
	bakeReceiving,
	bakeWithoutLookingUp,
	bakeWithoutPaying,
} from '../lab/bakeMacaroon';
import { freePort } from '../lab/freePort';
import { identityOf, startFaultyLine } from '../lab/faultyLine';
import type { Lab } from '../lab/lab';
import { returnToNetwork } from '../lab/network';
import { isMissing } from '../prepare/prepared';
import { realRefunds, type Bench, type BenchPlan, type Credential } from './bench';

/** LND, asked directly. Each of the two versions pays and is paid by the other. */
export function lndBench(title: string, side: 'west' | 'east'): BenchPlan {
	return {
		title,
		wallet: 'lnd',
		kind: 'real',
		cannot: { relays: 'LND is asked at one address' },
		missing: ({ go }) => (isMissing(go) ? go : null),
		open: async (lab) => await open(lab, side),
	};
}

async function open(lab: Lab, side: 'west' | 'east'): Promise<Bench> {
	const { network } = lab;
	const payer = network[side];
	const seller = side === 'west' ? network.east : network.west;
	const macaroon = await bakeMacaroon(lab.lncli, payer, bakeCommand());
	const cannotPay = await bakeMacaroon(lab.lncli, payer, bakeWithoutPaying());
	const cannotLookUp = await bakeMacaroon(lab.lncli, payer, bakeWithoutLookingUp());
	const mayList = await bakeMacaroon(lab.lncli, payer, bakeListing());
	const mayReceive = await bakeMacaroon(lab.lncli, payer, bakeReceiving());
	const credential: Credential = {
		wallet: 'lnd',
		url: payer.restUrl,
		macaroon,
		caCertificate: payer.certificate,
		network: 'regtest',
	};
	const refused = { status: 'notSent', reason: /LND refused the macaroon/ } as const;
	const proxy = await startFaultyLine(payer.restUrl, {
		identity: identityOf(payer),
		walletCertificate: payer.certificate,
	});
	return {
		credential,
		described: credential,
		wrongSecrets: [
			{
				what: 'the macaroon of another node',
				credential: { ...credential, macaroon: seller.adminMacaroon },
				tested: /^LND refused the macaroon: .*Check the secret/,
				pays: refused,
			},
			{
				what: 'a macaroon that may not pay',
				credential: { ...credential, macaroon: cannotPay },
				tested: /^This macaroon may not pay \(uri:\/routerrpc\.Router\/SendPaymentV2\)/,
				pays: refused,
			},
		],
		unreachable: {
			what: 'an address where nobody listens',
			credential: { ...credential, url: `https://127.0.0.1:${await freePort()}` },
			tested: /^LND could not be reached: .*connection refused.*Check the address/,
			pays: { status: 'notSent', reason: /connection refused/ },
		},
		untrusted: {
			what: 'no certificate pasted',
			credential: { ...credential, caCertificate: '' },
			tested: /^LND could not be reached: .*self.signed cert.*Paste the certificate/,
			pays: { status: 'notSent', reason: /self.signed cert/ },
		},
		trusted: [
			credential,
			{ ...credential, macaroon: Buffer.from(macaroon, 'hex').toString('base64') },
			{ ...credential, caCertificate: '', ignoreSslIssues: true },
		],
		wrongPorts: [
			{
				what: 'the gRPC port',
				credential: { ...credential, url: `https://${payer.rpcAddress}` },
				says: /REST is usually at port 8080; 10009 is gRPC/,
			},
			{
				what: 'plain HTTP to the port with TLS',
				credential: { ...credential, url: payer.restUrl.replace('https:', 'http:') },
				says: /that port speaks TLS, so write https:\/\/ instead of http:\/\//,
			},
			{
				what: 'the port for Lightning peers',
				credential: { ...credential, url: `https://${payer.peerAddress}` },
				says: /If it hangs up at once, see the port/,
			},
			{
				what: 'the port of a web server',
				credential: { ...credential, url: lab.shopEast.aperture.url },
				says: /there is no LND REST API at this URL/i,
			},
		],
		lacking: [
			{
				what: 'the macaroon "readonly"',
				credential: { ...credential, macaroon: payer.ownMacaroon('readonly') },
				tested: /^This macaroon may not pay \(uri:\/routerrpc\.Router\/SendPaymentV2\)\. Check/,
				bought: /permission denied\. It lacks uri:\/routerrpc\.Router\/SendPaymentV2/,
			},
			{
				what: 'a macaroon without the right to look up',
				credential: { ...credential, macaroon: cannotLookUp },
				tested:
					/^This macaroon may not look payments up \(uri:\/routerrpc\.Router\/TrackPaymentV2\)/,
				bought: null,
			},
		],
		server: {
			stop: async () => await payer.stop(),
			start: async () => await returnToNetwork(payer, [network.middle]),
		},
		locked: {
			code: /^WALLET_UNREACHABLE$/,
			spent: /^no$/,
			says: /LND is not ready: wallet locked.*Unlock it with "lncli unlock"/,
			tested: /^LND is not ready: wallet locked.*Unlock it with "lncli unlock"/,
		},
		leastFeeSat: 2,
		line: { credential: { ...credential, url: proxy.url }, proxy, ends: ['unknown'] },
		connected: new RegExp(`^Connected to lnd "${payer.alias}": regtest, \\d+ sats to spend\\.$`),
		network: 'regtest',
		payer,
		mayList: { ...credential, macaroon: mayList },
		refunds: {
			credential: { ...credential, macaroon: mayReceive },
			withoutRight: credential,
			...realRefunds(payer, seller),
		},
		seller,
		isHeldForAMinute: side === 'west',
		shop: side === 'west' ? lab.shopEast : lab.shopWest,
		inFlight: ['pending'],
		causes: { short: 'balance', noRoute: 'noRoute', expired: 'expired' },
		tooMuchMsat: BigInt(network.channelSat) * 1000n,
		secrets: [macaroon, mayList, mayReceive, cannotPay, cannotLookUp, seller.adminMacaroon],
		stop: async () => await proxy.stop(),
	};
}
