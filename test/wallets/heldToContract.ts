import type { WalletName } from '../../nodes/Sats4Ai/wallets/wallet';
import { describeWallet } from './contract';
import { emulators } from './emulators/all';
import { describeFaults, type CannotHappen } from './faults';
import { describeReceiving } from './receiving';
import { describeSpending } from './spending';

/** All that is expected of a wallet as it usually is. */
export function describeContract(name: WalletName): void {
	const start = emulators[name];
	describeWallet(name, start);
	describeReceiving(name, start);
	describeSpending(name, start);
}

/** The same, for what speaks HTTP, with its faults; relays have theirs in `nwc/relays.test.ts`. */
export function describeContractOverHttp(name: WalletName, cannot: CannotHappen = {}): void {
	describeContract(name);
	describeFaults(name, emulators[name], cannot);
}
