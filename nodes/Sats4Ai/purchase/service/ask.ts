import type { HttpAnswer, HttpOutcome } from '../../l402/http';
import type { Shop } from '../ports';
import { cancelled, PurchaseFailure } from '../report/failure';
import { collectPicture, type CollectOutcome } from './collect';
import { byNewerName, isGone } from './newerName';
import type { Order } from './order';
import { missingHeader } from './inTheWay';
import { serviceWords, spoken, spokenOf, suggestionIn, tooLarge } from './serviceWords';
import type { Picture } from './storePicture';

export type Asked =
	/** `header`: the value of `WWW-Authenticate` of a 402; `order`: by the name that answered so. */
	| { readonly status: 'offer'; readonly header: string; readonly order: Order }
	/** Answered at once: nothing is owed. */
	| { readonly status: 'notCharged'; readonly picture: Picture };

/**
 * Sends the order without proof. Only a 402 leads on to a payment; a 401 or a 200 with a challenge
 * does not. Throws `SERVICE_ERROR` with the service's own words.
 */
export async function askForOffer(
	order: Order,
	requestTimeoutMs: number,
	shop: Shop,
): Promise<Asked> {
	if (shop.clock.cancelled()) throw cancelled();
	const deadlineAt = shop.clock.elapsedMs() + requestTimeoutMs;
	const { outcome, order: asked } = await askByName(order, shop);
	if (shop.clock.cancelled()) throw cancelled();
	if (outcome.kind === 'answer' && outcome.status === 402) {
		requireHeader(outcome);
		return { status: 'offer', header: outcome.headers['www-authenticate'] ?? '', order: asked };
	}
	if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
		return { status: 'notCharged', picture: await takeFree(outcome, deadlineAt, shop) };
	}
	const service = serviceWords(outcome);
	const suggestion = suggestionIn(outcome);
	throw new PurchaseFailure(
		'SERVICE_ERROR',
		outcome.kind === 'answer'
			? (tooLarge(outcome, order) ?? `${verdict(outcome.status)}: ${spokenOf(outcome)}`)
			: `The service did not answer: ${spoken(service)}`,
		suggestion === null
			? 'Nothing was paid. Correct the request if the service says so, or run again later.'
			: `Nothing was paid. The service suggests: ${suggestion}`,
		{ service },
	);
}

/** What breaks down has refused nothing. */
function verdict(status: number): string {
	return status >= 500 ? 'The service broke down' : 'The service refused the request';
}

/** Asks by the endpoint's first name, and once by its newer one where the first is gone. */
async function askByName(
	order: Order,
	{ service, clock }: Shop,
): Promise<{ outcome: HttpOutcome; order: Order }> {
	const first = { outcome: await service.ask(order), order };
	const renamed = byNewerName(order, first.outcome);
	if (renamed === null || clock.cancelled()) return first;
	const second = { outcome: await service.ask(renamed), order: renamed };
	// Where neither name is served, the first answer is the one to show.
	return isGone(second.outcome) || second.outcome.kind !== 'answer' ? first : second;
}

/** Throws `CHALLENGE_INVALID` for a 402 whose challenge did not arrive. */
function requireHeader(answer: HttpAnswer): void {
	const missing = missingHeader(answer);
	if (missing === null) return;
	throw new PurchaseFailure(
		'CHALLENGE_INVALID',
		`The service asked for payment in a form that cannot be read: ${missing}. Its answer says: ${spokenOf(answer)}`,
		"Nothing was paid. A proxy between n8n and the service may have taken the header: check 'Base URL' and what is in the way.",
	);
}

async function takeFree(answer: HttpAnswer, deadlineAt: number, shop: Shop): Promise<Picture> {
	const collected = await collectPicture(answer, deadlineAt, shop, () => undefined);
	const isPicture = collected.status === 'picture';
	if (isPicture && !collected.isCut) return collected.picture;
	const imageUrl = isPicture ? collected.picture.imageUrl : collected.imageUrl;
	const service = isPicture ? null : collected.words;
	const reason = isPicture ? 'its end is missing' : reasonOf(collected);
	throw new PurchaseFailure(
		'RESULT_INVALID',
		`The service answered without asking for payment, but sent no picture: ${reason}`,
		"Nothing was owed or paid. Run again, with 'Skip Dedup' if it stays.",
		{
			spent: 'no',
			...(service === null ? {} : { service }),
			...(imageUrl === null ? {} : { imageUrl }),
		},
	);
}

function reasonOf(collected: Exclude<CollectOutcome, { status: 'picture' }>): string {
	return collected.status === 'none' ? collected.reason : spoken(collected.words);
}
