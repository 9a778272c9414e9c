import type { RedeemFault } from '../sandbox/faults';

/** What stands in place of an answer of the wallet, after the wallet has done what it was asked to. */
export type Bend =
	/** Nothing; the connection stays open. */
	| 'silence'
	/** 502 of something in front of it. */
	| 'breakdown'
	/** 503. */
	| 'unavailable'
	/** 200 and a sentence. */
	| 'prose'
	/** Six megabytes. */
	| 'oversized'
	/** Half of the answer; the connection breaks. */
	| 'truncated'
	/** The answer, as if it were a web page. */
	| 'wrongType'
	/** In the wallet's own words: it failed, and may be repeated. */
	| 'declaredSafe';

export interface Scene {
	readonly name: string;
	readonly pay?: Bend;
	readonly lookup?: Bend;
	/** So long after the pay call the money leaves. */
	readonly settlesAfterMs?: number;
	readonly redeem?: RedeemFault;
}

/** What goes wrong during the first two calls of a client. All of it ends before the third. */
export const scenes: readonly Scene[] = [
	{ name: 'clean' },
	{ name: 'pay call falls silent', pay: 'silence' },
	{ name: '502 after settling', pay: 'breakdown' },
	{ name: 'settles late', settlesAfterMs: 5_000 },
	{ name: 'says it may be repeated', pay: 'declaredSafe' },
	{ name: 'look-up unavailable', pay: 'silence', lookup: 'unavailable' },
	{ name: 'look-up says prose', pay: 'silence', lookup: 'prose' },
	{ name: 'look-up oversized', pay: 'silence', lookup: 'oversized' },
	{ name: 'look-up truncated', pay: 'silence', lookup: 'truncated' },
	{ name: 'look-up of wrong type', pay: 'silence', lookup: 'wrongType' },
	{
		name: '402 again after paying',
		redeem: { kind: 'status', status: 402, challenge: 'fresh' },
	},
	{ name: '503 after paying', redeem: { kind: 'status', status: 503 } },
	{ name: 'result is lost', redeem: { kind: 'cutAfter' } },
	{ name: 'half a result', redeem: { kind: 'truncatedImage' } },
];
