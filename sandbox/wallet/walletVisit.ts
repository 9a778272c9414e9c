import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival } from '../arrival';
import type { FaultSource } from '../faultSource';
import type { FaultSubject } from '../faults';
import type { Ledger } from '../ledger';
import type { Settings } from '../options';
import type { Leak, LoggedRequest } from '../requestLog';
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

export interface WalletVisit {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly arrival: Arrival;
	readonly logged: LoggedRequest;
	readonly subject: FaultSubject;
	readonly key: KeyKind;
}
