import type { FailureCause } from '../../../nodes/Sats4Ai/l402/payer';
import { startCln } from '../../wallets/emulators/cln';
import type { EmulatedWallet, StartEmulator } from '../../wallets/emulators/emulated';
import { readInvoice } from '../../wallets/emulators/mint';
import { startPhoenixd } from '../../wallets/emulators/phoenixd';
import { identityOf, startFaultyLine } from '../lab/faultyLine';
import { freePort } from '../lab/freePort';
import type { Lab } from '../lab/lab';
import { payForEmulator } from '../lab/payForEmulator';
import { isMissing } from '../prepare/prepared';
import type { Bench, BenchPlan, Credential, Refunds } from './bench';
import { wrongPortsOf } from './wrongPortsOf';

const FUNDS_MSAT = 5_000_000n;

interface Emulation {
	/** As messages call it, too. */
	readonly title: string;
	readonly wallet: string;
	readonly start: StartEmulator;
	readonly connected: RegExp;
	readonly causes: { readonly short: FailureCause; readonly expired: FailureCause };
	readonly leastFeeSat: number;
	readonly listsWholeSats: boolean;
	/** Why it cannot be locked. */
	readonly neverLocked: string;
}

/** Wallets that no registry has: their API is emulated, the payments behind it are real. */
function emulatedBench(emulation: Emulation): BenchPlan {
	return {
		title: emulation.title,
		wallet: emulation.wallet,
		kind: 'emulated',
		cannot: {
			locked: emulation.neverLocked,
			relays: `${emulation.title} is asked at one address`,
			killed: 'the emulator takes an LND that is killed for a payment that failed',
		},
		missing: ({ go }) => (isMissing(go) ? go : null),
		open: async (lab) => await open(lab, emulation),
	};
}

export const clnBench = emulatedBench({
	title: 'Core Lightning',
	wallet: 'cln',
	start: async () => await startCln(),
	connected: /^Connected to cln "atelier": mainnet, \d+ sats to spend\.$/,
	// Core Lightning looks for a route, and finds none it has the money for.
	causes: { short: 'noRoute', expired: 'expired' },
	leastFeeSat: 2,
	listsWholeSats: false,
	neverLocked: 'Core Lightning asks for its password before it starts',
});

export const phoenixdBench = emulatedBench({
	title: 'phoenixd',
	wallet: 'phoenixd',
	start: startPhoenixd,
	connected: /^Connected to phoenixd.*: mainnet, \d+ sats to spend\.$/,
	// phoenixd does not look at the expiry itself.
	causes: { short: 'balance', expired: 'noRoute' },
	leastFeeSat: 5,
	listsWholeSats: true,
	neverLocked: 'phoenixd has no password of its own',
});

async function open({ network, shopEast }: Lab, emulation: Emulation): Promise<Bench> {
	const { title, start, connected, causes } = emulation;
	const { west, east } = network;
	const emulated = await start();
	emulated.node.balanceMsat = FUNDS_MSAT;
	emulated.node.invoiceNetwork = 'regtest';
	payForEmulator(emulated, west, east);
	const { caCertificate: walletCertificate } = emulated.settings;
	const isTls = walletCertificate !== '';
	const credential: Credential = { ...emulated.settings, network: 'regtest' };
	const identity = identityOf(west);
	const proxy = await startFaultyLine(
		emulated.settings.url,
		isTls ? { identity, walletCertificate } : {},
	);
	const tls = await startFaultyLine(emulated.settings.url, { identity, walletCertificate });
	const nobody = `${isTls ? 'https' : 'http'}://127.0.0.1:${await freePort()}`;
	return {
		credential,
		described: { ...credential, network: 'mainnet' },
		wrongSecrets: [
			{
				what: 'a wrong secret',
				credential: { ...emulated.wrongSecret, network: 'regtest' },
				tested: /refused the credentials.*Check the secret/,
				pays: { status: 'notSent', reason: /refused the credentials/ },
			},
		],
		unreachable: {
			what: 'an address where nobody listens',
			credential: { ...credential, url: nobody },
			tested: /could not be reached: .*connection refused.*Check the address/,
			pays: { status: 'notSent', reason: /connection refused/ },
		},
		untrusted: {
			what: 'a certificate that nothing vouches for',
			credential: { ...credential, url: tls.url, caCertificate: '' },
			tested: new RegExp(
				`^${title} could not be reached: .*self.signed cert.*${isTls ? 'paste' : 'that n8n trusts'}`,
				'i',
			),
			pays: { status: 'notSent', reason: /self.signed cert/ },
		},
		trusted: isTls ? [{ ...credential, caCertificate: '', ignoreSslIssues: true }] : [],
		wrongPorts: wrongPortsOf(credential, west),
		lacking: (emulated.lacking ?? []).map(([settings, says]) => ({
			what: says.source,
			credential: { ...settings, network: 'regtest' },
			tested: new RegExp(says.source, 'i'),
			bought: null,
		})),
		// What is in the way of its API; the emulator itself forgets when it ends.
		server: { stop: async () => await proxy.goDown(), start: async () => await proxy.comeBack() },
		line: {
			credential: { ...credential, url: proxy.url, caCertificate: isTls ? identity.cert : '' },
			proxy,
			ends: ['unknown'],
		},
		connected,
		network: 'mainnet',
		payer: west,
		mayList: credential,
		leastFeeSat: emulation.leastFeeSat,
		listsWholeSats: emulation.listsWholeSats,
		refunds: emulatedRefunds(emulated, credential),
		seller: east,
		shop: shopEast,
		inFlight: ['pending'],
		causes: { ...causes, noRoute: 'noRoute' },
		tooMuchMsat: 2n * FUNDS_MSAT,
		secrets: emulated.secrets,
		stop: async () => {
			await proxy.stop();
			await tls.stop();
			await emulated.close();
		},
	};
}

/** Refunds to an emulated wallet are emulated on both sides. */
function emulatedRefunds({ node, payOnly }: EmulatedWallet, credential: Credential): Refunds {
	return {
		credential,
		withoutRight: payOnly === undefined ? null : { ...credential, ...payOnly },
		payOut: async (text) => {
			const invoice = node.invoices.get(readInvoice(text).paymentHash);
			if (invoice?.state !== 'open') return false;
			invoice.state = 'paid';
			return true;
		},
		received: async () => [...node.invoices.values()].filter(({ state }) => state === 'paid'),
	};
}
