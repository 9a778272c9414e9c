import type { FaultSource } from '../faultSource';
import type { Ledger } from '../ledger';
import type { Received } from '../receive';
import type { Leak, LoggedRequest } from '../requestLog';
import type { Settings } from '../settings';
import type { PlayWallet } from './playWallet';

export interface WalletState {
	readonly settings: Settings;
	readonly ledger: Ledger;
	readonly faults: FaultSource;
	readonly wallet: PlayWallet;
	readonly requests: LoggedRequest[];
	readonly leaks: Leak[];
	/** By payment hash: what look-ups say in place of the right preimage. */
	readonly toldPreimages: Map<string, string | null | undefined>;
	readonly strangerUrl: () => string;
}

/** Whose key came along: `none` without one, `unknown` with one that fits no wallet. */
export type KeyKind = 'admin' | 'invoice' | 'unknown' | 'none';

/** One request at the wallet. */
export interface WalletVisit extends Received {
	readonly key: KeyKind;
}
