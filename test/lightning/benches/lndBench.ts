import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { freePort } from '../lab/freePort';
import { identityOf, startCutProxy } from '../lab/cutProxy';
import type { Lab } from '../lab/lab';
import type { Lnd } from '../lab/lnd';
import { isMissing } from '../prepare/prepared';
import { runProgram } from '../prepare/runProgram';
import type { Bench, BenchPlan, Credential } from './bench';

/** As `docs/wallets.md` says: may pay, look up and describe itself, and nothing else. */
const PERMISSIONS = [
	'uri:/routerrpc.Router/SendPaymentV2',
	'uri:/routerrpc.Router/TrackPaymentV2',
	'uri:/lnrpc.Lightning/GetInfo',
	'uri:/lnrpc.Lightning/ChannelBalance',
];

/** LND, asked directly. Each of the two versions pays and is paid by the other. */
export function lndBench(title: string, side: 'west' | 'east'): BenchPlan {
	return {
		title,
		kind: 'real',
		missing: ({ go }) => (isMissing(go) ? go : null),
		open: async (lab) => await open(lab, side),
	};
}

async function open(lab: Lab, side: 'west' | 'east'): Promise<Bench> {
	const { network } = lab;
	const payer = network[side];
	const seller = side === 'west' ? network.east : network.west;
	const macaroon = await bake(lab, payer, 'pay', PERMISSIONS);
	const looking = PERMISSIONS.filter((permission) => !permission.endsWith('SendPaymentV2'));
	const cannotPay = await bake(lab, payer, 'look', looking);
	const credential: Credential = {
		wallet: 'lnd',
		url: payer.restUrl,
		macaroon,
		caCertificate: payer.certificate,
		network: 'regtest',
	};
	const refused = { status: 'notSent', reason: /LND refused the macaroon/ } as const;
	const proxy = await startCutProxy(payer.restUrl, {
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
				// Its test passes: it may do all that the test does.
				tested: /^Connected/,
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
		line: { credential: { ...credential, url: proxy.url }, proxy, ends: ['unknown'] },
		connected: new RegExp(`^Connected to lnd "${payer.alias}": regtest, \\d+ sats to spend\\.$`),
		network: 'regtest',
		payer,
		seller,
		shop: side === 'west' ? lab.shopEast : lab.shopWest,
		inFlight: ['pending'],
		causes: { short: 'balance', expired: 'expired' },
		tooMuchMsat: BigInt(network.channelSat) * 1000n,
		secrets: [macaroon, cannotPay, seller.adminMacaroon],
		stop: async () => await proxy.stop(),
	};
}

/** A macaroon with just these rights, made by LND's own command. Hex. */
async function bake(
	lab: Lab,
	node: Lnd,
	name: string,
	permissions: readonly string[],
): Promise<string> {
	const file = join(node.folder, `${name}.macaroon`);
	const where = [`--rpcserver=${node.rpcAddress}`, `--lnddir=${node.folder}`, '--network=regtest'];
	const args = [...where, 'bakemacaroon', '--save_to', file, ...permissions];
	const { code, stdout, stderr } = await runProgram(lab.lncli, args);
	if (code !== 0) throw new Error(`lncli bakemacaroon: ${stdout}${stderr}`);
	return readFileSync(file).toString('hex');
}
