import type { LookupOutcome, PayOutcome } from './payer';

/** The pay call's own words are not lost to those of a look-up. */
export function together(unanswered: string | null, outcome: PayOutcome | LookupOutcome): string {
	const last = reasonOf(outcome);
	if (unanswered === null || unanswered === '' || unanswered === last) return last;
	return `${unanswered}. Asked again, ${last}`;
}

function reasonOf(outcome: PayOutcome | LookupOutcome): string {
	if (outcome.status === 'notFound') return 'the wallet has no record of the payment';
	return 'reason' in outcome ? outcome.reason : 'the wallet did not confirm it';
}
