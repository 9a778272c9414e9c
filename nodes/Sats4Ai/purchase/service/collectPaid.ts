import { growingPauses } from '../../l402/clock';
import type { HttpOutcome } from '../../l402/http';
import { isWorthRedeemingAgain } from '../../l402/persistence';
import type { Shop } from '../ports';
import { collectLink, collectPicture, type CollectOutcome } from './collect';
import { byNewerName, isGone } from './newerName';
import type { Order } from './order';
import { isServed, isUnproven, type Proof } from './service';
import { serviceWords, spokenOf, tooLarge } from './serviceWords';

/** So often a proof is sent again for a picture that came without its end … */
const MAX_AGAIN = 2;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 1_000;
/** … and so long each time: a part of it is in hand. */
const BRIEFLY_MS = 5_000;

/** What comes of a proof of payment. */
export type PaidOutcome =
	| CollectOutcome
	/** The service did not honor the proof, or did not answer. */
	| {
			readonly status: 'unserved';
			readonly outcome: HttpOutcome;
			/** Its words, or ours where what was sent is too large for it. */
			readonly said: string;
	  };

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
	const { outcome, order: redeemed } = await redeemByName(order, proof, deadlineAt, shop, heard);
	const collected: PaidOutcome =
		outcome.kind === 'answer' && isServed(outcome)
			? await collectPicture(outcome, deadlineAt, shop, heard.onLink)
			: (linked ?? { status: 'unserved', outcome, said: saidIn(outcome, order) });
	if (collected.status === 'picture' && collected.isCut && collected.picture.imageUrl === null) {
		return await wholeOr(collected, redeemed, proof, deadlineAt, shop, heard);
	}
	const holdsNone = collected.status === 'failed' || collected.status === 'none';
	if (holdsNone || isRefusal(outcome)) heard.onRefusal();
	return collected;
}

function saidIn(outcome: HttpOutcome, order: Order): string {
	return tooLarge(outcome, order) ?? spokenOf(outcome);
}

/** Where the endpoint is gone since the invoice came, its newer name may still take the proof. */
async function redeemByName(
	order: Order,
	proof: Proof,
	deadlineAt: number,
	{ service }: Shop,
	{ unprovenUntilAt }: Heard,
): Promise<{ outcome: HttpOutcome; order: Order }> {
	const first = { outcome: await service.redeem(order, proof, deadlineAt, unprovenUntilAt), order };
	const renamed = byNewerName(order, first.outcome);
	if (renamed === null || serviceWords(first.outcome).refund !== null) return first;
	const outcome = await service.redeem(renamed, proof, deadlineAt, unprovenUntilAt);
	return isGone(outcome) || outcome.kind !== 'answer' ? first : { outcome, order: renamed };
}

/**
 * Asks again for a picture whose end is missing in the answer itself, as for one behind a link. The
 * proof may be used up by then: what is in hand stays, and is handed on where none is whole.
 */
async function wholeOr(
	cut: CollectOutcome,
	order: Order,
	proof: Proof,
	deadlineAt: number,
	shop: Shop,
	{ onLink }: Heard,
): Promise<CollectOutcome> {
	const { clock, service } = shop;
	const pauses = growingPauses(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
	for (let again = 0; again < MAX_AGAIN; again += 1) {
		const pauseMs = pauses.next().value;
		if (clock.cancelled() || clock.elapsedMs() + pauseMs >= deadlineAt) break;
		await clock.sleep(pauseMs);
		const briefly = Math.min(deadlineAt, clock.elapsedMs() + BRIEFLY_MS);
		const outcome = await service.redeem(order, proof, briefly, clock.elapsedMs());
		if (outcome.kind !== 'answer' || !isServed(outcome)) break;
		const collected = await collectPicture(outcome, deadlineAt, shop, onLink);
		if (collected.status === 'picture' && !collected.isCut) return collected;
	}
	return cut;
}

/** A final status, the proof still not accepted when time was up, or the offer of a refund. */
function isRefusal(outcome: HttpOutcome): boolean {
	if (outcome.kind !== 'answer' || isServed(outcome)) return false;
	const refunded = serviceWords(outcome).refund !== null;
	return isUnproven(outcome) || refunded || !isWorthRedeemingAgain(outcome.status);
}
