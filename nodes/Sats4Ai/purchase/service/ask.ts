import type { HttpAnswer } from '../../l402/http';
import type { Shop } from '../ports';
import { cancelled, PurchaseFailure } from '../report/failure';
import { collectPicture } from './collect';
import type { Order } from './order';
import { serviceWords, spoken, suggestionIn } from './serviceWords';
import type { Picture } from './storePicture';

export type Asked =
	/** The value of `WWW-Authenticate` of a 402. */
	| { readonly status: 'offer'; readonly header: string }
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
	const outcome = await shop.service.ask(order);
	if (shop.clock.cancelled()) throw cancelled();
	if (outcome.kind === 'answer' && outcome.status === 402) {
		return { status: 'offer', header: outcome.headers['www-authenticate'] ?? '' };
	}
	if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
		return { status: 'notCharged', picture: await takeFree(outcome, deadlineAt, shop) };
	}
	const service = serviceWords(outcome);
	const suggestion = suggestionIn(outcome);
	throw new PurchaseFailure(
		'SERVICE_ERROR',
		outcome.kind === 'answer'
			? `The service refused the request: ${spoken(service)}`
			: `The service did not answer: ${spoken(service)}`,
		suggestion === null
			? 'Nothing was paid. Correct the request if the service says so, or run again later.'
			: `Nothing was paid. The service suggests: ${suggestion}`,
		{ service },
	);
}

async function takeFree(answer: HttpAnswer, deadlineAt: number, shop: Shop): Promise<Picture> {
	const collected = await collectPicture(answer, deadlineAt, shop, () => undefined);
	if (collected.status === 'picture') return collected.picture;
	const { words: service, imageUrl } = collected;
	const reason = collected.status === 'none' ? collected.reason : spoken(collected.words);
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
