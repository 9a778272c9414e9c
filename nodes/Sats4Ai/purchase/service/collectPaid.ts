import type { HttpOutcome } from '../../l402/http';
import { isWorthRedeemingAgain } from '../../l402/persistence';
import type { Shop } from '../ports';
import { collectLink, collectPicture, type CollectOutcome } from './collect';
import type { Order } from './order';
import { isServed, isUnproven, type Proof } from './service';
import { serviceWords } from './serviceWords';

/** What comes of a proof of payment. */
export type PaidOutcome =
	| CollectOutcome
	/** The service did not honor the proof, or did not answer. */
	| { readonly status: 'unserved'; readonly outcome: HttpOutcome };

/** What is to be written down at once, whatever comes after it. */
export interface Heard {
	/** A link to the picture is known; it is not fetched yet. */
	readonly onLink: (imageUrl: string) => void;
	/** The service has said no, not just *not now*. */
	readonly onRefusal: () => void;
	/** When to take it for a no that the proof is not accepted; the deadline where absent. */
	readonly unprovenUntilAt?: number;
}

/**
 * Takes a picture that is paid for: by the link of an earlier try, if there is one, since the proof
 * may be used up; then for the proof of payment, with the very same bytes as before.
 */
export async function collectPaid(
	order: Order,
	proof: Proof,
	knownLink: string | null,
	deadlineAt: number,
	shop: Shop,
	heard: Heard,
): Promise<PaidOutcome> {
	const linkDeadlineAt = (shop.clock.elapsedMs() + deadlineAt) / 2;
	const linked = knownLink === null ? null : await collectLink(knownLink, linkDeadlineAt, shop);
	if (linked?.status === 'picture') return linked;
	const outcome = await shop.service.redeem(order, proof, deadlineAt, heard.unprovenUntilAt);
	const collected: PaidOutcome =
		outcome.kind === 'answer' && isServed(outcome)
			? await collectPicture(outcome, deadlineAt, shop, heard.onLink)
			: (linked ?? { status: 'unserved', outcome });
	const holdsNone = collected.status === 'failed' || collected.status === 'none';
	if (holdsNone || isRefusal(outcome)) heard.onRefusal();
	return collected;
}

/** A final status, the proof still not accepted when time was up, or the offer of a refund. */
function isRefusal(outcome: HttpOutcome): boolean {
	if (outcome.kind !== 'answer' || isServed(outcome)) return false;
	const refunded = serviceWords(outcome).refund !== null;
	return isUnproven(outcome) || refunded || !isWorthRedeemingAgain(outcome.status);
}
