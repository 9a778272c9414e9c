import { connectWallet } from '../../nodes/Sats4Ai/wallets/backends';
import type { Wallet, WalletSettings } from '../../nodes/Sats4Ai/wallets/wallet';
import type { EmulatedWallet } from './emulators/emulated';
import { impatient, nodeHttp } from './nodeHttp';

/** The node's wallet for an emulated one, over real HTTP. No call takes longer than `longestMs`. */
export function open(
	emulated: EmulatedWallet,
	settings: WalletSettings,
	longestMs = 10_000,
): Wallet {
	return connectWallet(settings, {
		http: impatient(nodeHttp, longestMs),
		now: Date.now,
		elapsedMs: () => performance.now(),
		sleep: async (ms) => await new Promise((resolve) => setTimeout(resolve, ms)),
		...emulated.ports,
	});
}
