import type { FailureCause } from '../l402/payer';

/** A wallet that does not tell what it was asked for, and why, in words for the user. */
export interface WalletUnavailable {
	readonly status: 'unavailable';
	readonly cause: FailureCause;
	readonly reason: string;
}
