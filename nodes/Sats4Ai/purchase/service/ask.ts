import type { HttpAnswer } from '../../l402/http';
import { collectPicture, type CollectPorts, type Picture } from './collect';
import { cancelled, PurchaseFailure } from '../report/failure';
import type { Receipt } from '../report/receipt';
import type { Order } from './service';
import { serviceWords, spoken, suggestionIn } from './serviceWords';
import { storeFree } from './storePicture';

export interface AskPorts<Item> extends CollectPorts {
	/** Stores the picture and makes the output item. */
	readonly store: (picture: Picture, receipt: Receipt) => Promise<Item>;
}

export type Asked<Item> =
	/** The value of `WWW-Authenticate` of a 402. */
	| { readonly status: 'offer'; readonly header: string }
	/** Answered at once: nothing is owed. */
	| { readonly status: 'notCharged'; readonly item: Item };

/**
 * Sends the order without proof. Only a 402 leads on to a payment; a 401 or a 200 with a challenge
 * does not. Throws `SERVICE_ERROR` with the service's own words.
 */
export async function askForOffer<Item>(
	order: Order,
	requestTimeoutMs: number,
	ports: AskPorts<Item>,
): Promise<Asked<Item>> {
	if (ports.clock.cancelled()) throw cancelled();
	const deadlineAt = ports.clock.now() + requestTimeoutMs;
	const outcome = await ports.service.ask(order);
	if (ports.clock.cancelled()) throw cancelled();
	if (outcome.kind === 'answer' && outcome.status === 402) {
		return { status: 'offer', header: outcome.headers['www-authenticate'] ?? '' };
	}
	if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
		return { status: 'notCharged', item: await takeFree(outcome, deadlineAt, ports) };
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

async function takeFree<Item>(
	answer: HttpAnswer,
	deadlineAt: number,
	ports: AskPorts<Item>,
): Promise<Item> {
	const collected = await collectPicture(answer, deadlineAt, ports, () => undefined);
	if (collected.status === 'picture') return await storeFree(ports.store, collected.picture);
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
