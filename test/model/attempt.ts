import type { LookupOutcome } from '../../nodes/Sats4Ai/l402/payer';

/** A pay call that a simulated wallet has taken, and its fate. */
export interface Attempt {
	readonly truth: 'settles' | 'fails' | 'neverArrives';
	readonly sentAt: number;
	readonly endsAt: number;
	readonly feeMsat: number;
	readonly execution: number;
	/** What the wallet's records say of it until it ends, where the wallet has lost its node. */
	readonly recordedAs: 'failed' | 'notFound' | null;
	/** Whether the run was still there when the wallet said that it had lost its node. */
	isHeard: boolean;
}

/**
 * What a wallet without its node says of a payment; null: the truth. Where nobody heard that it has lost
 * its node, its record has to tell: what a wallet keeps to itself then is beyond anybody
 * (docs/decisions/0020).
 */
export function recordOf({ recordedAs, isHeard }: Attempt): LookupOutcome | null {
	if (recordedAs === 'notFound') return isHeard ? { status: 'notFound' } : null;
	const failed = { status: 'failed', cause: 'other', reason: 'it failed' } as const;
	return isHeard ? failed : { ...failed, isLineLost: true };
}
