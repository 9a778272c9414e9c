// The service, a wallet and its Nostr relay, in a process of their own.
import { startSandbox } from '../../sandbox/startSandbox';
import { startNwc } from '../../test/wallets/emulators/nwc';

/** What the parent is told: where everything is, and on request what arrived at the relay. */
export interface NostrUrls {
	readonly service: string;
	readonly connectionString: string;
}

export interface NostrCounts {
	readonly connections: number;
	readonly paid: number;
}

async function main(): Promise<void> {
	const lateMs = Number(process.argv[2]);
	const sandbox = await startSandbox({ pictures: 'plain' });
	const wallet = await startNwc(lateMs > 0 ? { lateMs } : {});
	wallet.node.balanceMsat = 10n ** 12n;
	const { preimages, sent } = wallet.node;
	preimages.get = (paymentHash) => {
		const sold = sandbox.ledger.find((entry) => entry.paymentHash === paymentHash);
		return sold === undefined ? undefined : (sandbox.payElsewhere(sold.invoice) ?? undefined);
	};
	process.on('message', () => {
		process.send?.({ connections: wallet.relay.connections, paid: sent.length });
	});
	const { connectionString } = wallet.settings;
	process.send?.({ service: sandbox.serviceUrl, connectionString });
}

main().catch((cause: unknown) => {
	process.stderr.write(`${String(cause)}\n`);
	process.exitCode = 1;
});
