// The service, its wallet, another wallet and its Nostr relay, in a process of their own.
import { startSandbox } from '../../sandbox/startSandbox';
import { startNwc } from '../../test/wallets/emulators/nwc';

/** What the parent is told: where everything is, and on request what has arrived there. */
export interface WalletUrls {
	readonly service: string;
	readonly lnbits: { readonly url: string; readonly adminKey: string };
	readonly connectionString: string;
}

export interface WalletCounts {
	/** To the relay. */
	readonly connections: number;
	/** By either wallet. */
	readonly paid: number;
	/** That LNbits has answered. */
	readonly lnbitsRequests: number;
}

async function main(): Promise<void> {
	const lateMs = Number(process.argv[2]);
	const sandbox = await startSandbox({ pictures: 'plain', balanceSat: 100_000_000 });
	const wallet = await startNwc(lateMs > 0 ? { lateMs } : {});
	wallet.node.balanceMsat = 10n ** 12n;
	const { preimages } = wallet.node;
	preimages.get = (paymentHash) => {
		const sold = sandbox.ledger.find((entry) => entry.paymentHash === paymentHash);
		return sold === undefined ? undefined : (sandbox.payElsewhere(sold.invoice) ?? undefined);
	};
	process.on('message', () => {
		const counts: WalletCounts = {
			connections: wallet.relay.connections,
			paid: sandbox.ledger.filter(({ paidAt }) => paidAt !== null).length,
			lnbitsRequests: sandbox.wallet.requests.length,
		};
		process.send?.(counts);
	});
	const { connectionString } = wallet.settings;
	const lnbits = { url: sandbox.walletUrl, adminKey: sandbox.adminKey };
	const urls: WalletUrls = { service: sandbox.serviceUrl, lnbits, connectionString };
	process.send?.(urls);
}

main().catch((cause: unknown) => {
	process.stderr.write(`${String(cause)}\n`);
	process.exitCode = 1;
});
