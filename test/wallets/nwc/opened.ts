import { nwc } from '../../../nodes/Sats4Ai/wallets/nwc/wallet';
import type { Wallet, WalletSettings } from '../../../nodes/Sats4Ai/wallets/wallet';
import { mint, type Minted } from '../emulators/mint';
import { startNwc, type NwcEmulator, type NwcOptions } from '../emulators/nwc';

export const LIMITS = { maxFeeMsat: 10_000n, timeoutMs: 10_000 };
/** Nobody listens on the discard port of the loopback. */
export const DEAD_RELAY = 'ws://127.0.0.1:9';

export const sleep = async (ms: number) =>
	await new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Emulators that are closed after the tests of the file, which mostly wait, and do so beside each other. */
export function emulators() {
	const open: NwcEmulator[] = [];
	afterAll(async () => {
		for (const emulator of open.splice(0)) await emulator.close();
	});
	return {
		start: async (options?: NwcOptions): Promise<NwcEmulator> => {
			const emulator = await startNwc(options);
			open.push(emulator);
			return emulator;
		},
	};
}

export function wallet(
	emulator: NwcEmulator,
	settings: WalletSettings = emulator.settings,
): Wallet {
	return nwc.connect(settings, {
		http: async () => ({ kind: 'notSent', reason: 'no HTTP here' }),
		now: Date.now,
		elapsedMs: () => performance.now(),
		sleep,
		...emulator.ports,
	});
}

export function minted({ node }: NwcEmulator, amountMsat?: bigint): Minted {
	const invoice = mint(amountMsat);
	node.preimages.set(invoice.paymentHash, invoice.preimage);
	return invoice;
}
