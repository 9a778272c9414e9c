import type { LookupOutcome, NotSent } from '../l402/payer';
import type { ApiAnswer, ApiCall, CallApi } from './api';
import type { HttpWallet } from './httpWallet';
import type { WalletPorts, WalletUnavailable } from './wallet';

/** A call that costs nothing, and whether the wallet itself answers it. */
export interface FreeCall {
	readonly call: Omit<ApiCall, 'timeoutMs'>;
	readonly read: (answer: ApiAnswer) => { readonly status: 'ok' } | WalletUnavailable;
}

/** A look-up as a free call: every answer about the payment is of the wallet. */
export function freeLookup(
	call: FreeCall['call'],
	read: (answer: ApiAnswer) => LookupOutcome,
): FreeCall {
	return {
		call,
		read: (answer) => {
			const outcome = read(answer);
			return outcome.status === 'unknown'
				? { status: 'unavailable', cause: 'unreachable', reason: outcome.reason }
				: { status: 'ok' };
		},
	};
}

/** A wallet that is there answers a free question within this, over Tor too. */
const LONGEST_MS = 15_000;
/** What a pay call is given at least. */
const SHORTEST_MS = 1;

/** Either the wallet was met, and this much of the time is left, or nothing was sent. */
export type Meeting = { readonly leftMs: number } | { readonly absent: NotSent };

/**
 * Makes sure, before the first pay call of a run, that a wallet is there at all. What answers a pay
 * call strangely may have paid; what answers a free question strangely was asked for nothing.
 */
export function meetOnce(
	call: CallApi,
	wallet: HttpWallet,
	url: string,
	{ elapsedMs, met = new Map() }: Pick<WalletPorts, 'elapsedMs' | 'met'>,
): (freeCalls: readonly FreeCall[], timeoutMs: number) => Promise<Meeting> {
	const key = `${wallet.title} ${url}`;
	return async (freeCalls, timeoutMs) => {
		const startedAt = elapsedMs();
		const asked = met.get(key) ?? findWallet(call, wallet, freeCalls, timeoutMs, elapsedMs);
		met.set(key, asked);
		let isThere = false;
		try {
			const absent = await asked;
			isThere = absent === null;
			if (absent !== null) return { absent };
			return { leftMs: Math.max(SHORTEST_MS, timeoutMs - (elapsedMs() - startedAt)) };
		} finally {
			// The next item, or the next try, may find it.
			if (!isThere && met.get(key) === asked) met.delete(key);
		}
	};
}

/** Asks one free call after the other until one proves the wallet; gives the first one's trouble. */
async function findWallet(
	call: CallApi,
	wallet: HttpWallet,
	freeCalls: readonly FreeCall[],
	timeoutMs: number,
	elapsedMs: () => number,
): Promise<NotSent | null> {
	const endsAt = elapsedMs() + Math.min(timeoutMs, LONGEST_MS);
	let first: WalletUnavailable | null = null;
	for (const { call: free, read } of freeCalls) {
		const leftMs = endsAt - elapsedMs();
		if (leftMs <= 0) break;
		const answer = await call({ ...free, timeoutMs: leftMs });
		const met = read(answer);
		// Also a refusal is an answer of the wallet, and the pay call may be allowed all the same.
		if (met.status === 'ok' || met.cause !== 'unreachable') return null;
		first ??= met;
		if (answer.kind === 'notSent') break;
	}
	const reason = first?.reason ?? `${wallet.title} did not answer in time`;
	return { status: 'notSent', cause: 'unreachable', reason };
}
