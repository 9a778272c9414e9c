import type { FailureCause, LookupOutcome, PayOutcome } from '../l402/payer';

/**
 * A pay call that ended with an error of the wallet's own. The attempt is over, which does not yet
 * prove that nothing was sent: wallets check expiry and balance before they notice that the invoice
 * is already paid or under way, and some give up while parts of a payment are still in flight.
 */
export interface Refused {
	readonly status: 'refused';
	readonly cause: FailureCause;
	readonly reason: string;
	/** The words are known, and not when they come: a record may still appear. */
	readonly isVague?: boolean;
}

/** How long the wallet may take to show its record of a payment that it has just refused. */
export const RECORD_TIMEOUT_MS = 10_000;
/** So long after a vague refusal the wallet is asked again, before *no record* is believed. */
const VAGUE_PAUSE_MS = 1_000;

/** Lets the wallet's record of the payment hash decide what a refusal means. */
export async function confirmRefusal(
	outcome: PayOutcome | Refused,
	lookup: (timeoutMs: number) => Promise<LookupOutcome>,
	sleep?: (ms: number) => Promise<void>,
): Promise<PayOutcome> {
	if (outcome.status !== 'refused') return outcome;
	const { cause, reason, isVague = false } = outcome;
	let record = await lookup(RECORD_TIMEOUT_MS);
	if (isVague && isEnd(record) && sleep !== undefined) {
		await sleep(VAGUE_PAUSE_MS);
		record = await lookup(RECORD_TIMEOUT_MS);
	}
	// Every wallet asked here writes its record before it sends: no record, nothing sent.
	if (record.status === 'notFound') return { status: 'notSent', cause, reason };
	if (record.status === 'failed') return { status: 'failed', cause, reason };
	return record.status === 'unknown' ? { status: 'unknown', reason } : record;
}

function isEnd({ status }: LookupOutcome): boolean {
	return status === 'notFound' || status === 'failed';
}

/** Words of a wallet, and what the user can do about them. */
export type CauseByWords = ReadonlyArray<readonly [RegExp, FailureCause]>;

/** A wallet says why in its first line or two; a search through a megabyte could take minutes. */
const LONGEST_WORDS = 1_000;

export function causeOf(words: string, causes: CauseByWords): FailureCause {
	const start = words.slice(0, LONGEST_WORDS);
	return causes.find(([pattern]) => pattern.test(start))?.[1] ?? 'other';
}
