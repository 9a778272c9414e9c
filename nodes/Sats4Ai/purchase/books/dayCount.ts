import type { Outflow } from '../../wallets/spending';

/** A payment of this process, from the moment before the wallet is called. */
export interface OwnPayment {
	readonly state: 'underWay' | 'paid' | 'failed';
	/** With its fee; while it is under way, with its fee limit. */
	readonly msat: bigint;
	/** When it was begun, by our clock; the latest it can have been where that was not here. */
	readonly at: number;
	readonly isBegunHere: boolean;
}

/** What counts, and since when; null: it is under way, and counts as long as it is. */
export interface Counted {
	readonly msat: bigint;
	readonly at: number | null;
}

/** What one payment counts for, by our own book and by the wallet's list. */
export function count(
	own: OwnPayment | undefined,
	listed: Outflow | undefined,
	maxFeeMsat: bigint,
): Counted {
	if (listed === undefined) return own === undefined ? NOTHING : { msat: own.msat, at: own.at };
	const toldMsat = listed.amountMsat + (listed.feeMsat ?? maxFeeMsat);
	if (!listed.isUnderWay) {
		const isKnownHere = listed.feeMsat === null && own?.state === 'paid';
		const msat = isKnownHere ? own.msat : toldMsat;
		return { msat, at: own?.isBegunHere === true ? Math.max(listed.at, own.at) : listed.at };
	}
	// Records lag behind, and some wallets call "open" what they have given up: what was proven here
	// says more.
	if (own?.state === 'failed') return NOTHING;
	if (own?.state === 'paid') return { msat: own.msat, at: own.at };
	const ownMsat = own?.msat ?? 0n;
	return { msat: ownMsat > toldMsat ? ownMsat : toldMsat, at: null };
}

const NOTHING: Counted = { msat: 0n, at: 0 };
