import type { MemberRelay } from '../lab/nostrRelay';
import type { Credential } from './credential';

/** A server that is stopped and started again, as it was. */
export interface Restartable {
	readonly stop: () => Promise<void>;
	readonly start: () => Promise<void>;
}

/** Rows that cannot be shown with a wallet, and why: a clause. */
export interface CannotHappen {
	readonly locked?: string;
	readonly relays?: string;
	readonly killed?: string;
}

/** What a purchase ends with while the node that pays is locked. */
export interface Locked {
	readonly code: RegExp;
	readonly spent: RegExp;
	readonly says: RegExp;
	/** Of the credential's test. */
	readonly tested: RegExp;
	/** Whether the wallet goes on to call that payment open, so that the picture is not bought anew. */
	readonly staysOpen?: boolean;
}

/** The wallet over other relays than the usual one. */
export interface OverRelays {
	/** The same connection, over these relays. */
	readonly over: (relayUrls: readonly string[]) => Credential;
	/** Where the wallet is, and everybody may come. */
	readonly open: string;
	/** Where the wallet is, and who pays has to log in. */
	readonly members: MemberRelay;
	/** The key that may. */
	readonly memberKey: string;
	/** Where the wallet is not, and its announcement is. */
	readonly deaf: string;
	/** Where nobody listens. */
	readonly dead: string;
}
