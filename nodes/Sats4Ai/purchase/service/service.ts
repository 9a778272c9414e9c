import { formatCredential } from '../../l402/challenge';
import type { Clock } from '../../l402/clock';
import type { Http, HttpAnswer, HttpOutcome } from '../../l402/http';
import { isWorthRedeemingAgain, sendPersistently } from '../../l402/persistence';
import { fetchLink, type LinkAnswer } from './fetchLink';
import { addressOf } from './newerName';
import type { Order } from './order';
import { MAX_PICTURE_BYTES } from './pictureBounds';
import { serviceWords } from './serviceWords';
import { isUnready } from './unready';

export interface Proof {
	readonly scheme: 'L402' | 'LSAT';
	readonly token: string;
	readonly preimage: string;
}

export interface Service {
	/** Sends the order without proof: costs nothing, so passing trouble is tried again, briefly. */
	ask(order: Order): Promise<HttpOutcome>;
	/**
	 * Sends the order with the proof of payment until it is answered for good. `unprovenUntilAt`:
	 * when to take a 401 or 402 for the service's last word.
	 */
	redeem(
		order: Order,
		proof: Proof,
		deadlineAt: number,
		unprovenUntilAt?: number,
	): Promise<HttpOutcome>;
	/** Fetches a result, without any proof. */
	fetchPicture(url: string, deadlineAt: number): Promise<LinkAnswer>;
}

/** What the service says in place of a picture is a few hundred bytes. */
const MAX_REFUSAL_BYTES = 8 * 1024 * 1024;
const BOUNDS = {
	maxBytes: MAX_PICTURE_BYTES,
	maxRefusalBytes: MAX_REFUSAL_BYTES,
	inPieces: true,
};
const ASK_ATTEMPTS = 3;
const LINK_ATTEMPTS = 5;
/** After so many offers of a refund the service is taken at its word. */
const MOST_REFUND_OFFERS = 3;

/** The service over HTTP. `requestTimeoutMs` limits each of its calls. */
export function serviceOver(http: Http, clock: Clock, requestTimeoutMs: number): Service {
	const post = async (order: Order, timeoutMs: number, proof?: Proof) =>
		await http({
			method: 'POST',
			url: addressOf(order),
			headers: headersOf(order, proof),
			...(Buffer.isBuffer(order.body) ? { body: order.body } : { streamedBody: order.body }),
			timeoutMs,
			...BOUNDS,
		});
	return {
		ask: async (order) =>
			await sendPersistently(
				async (timeoutMs) => await post(order, timeoutMs),
				{
					deadlineAt: clock.elapsedMs() + requestTimeoutMs,
					attempts: ASK_ATTEMPTS,
					retries: ({ status }) => [429, 502, 503, 504].includes(status),
					insists: false,
				},
				clock,
			),
		redeem: async (order, proof, deadlineAt, unprovenUntilAt = deadlineAt) => {
			const offers: HttpAnswer[] = [];
			const outcome = await sendPersistently(
				async (timeoutMs) => await post(order, timeoutMs, proof),
				{
					deadlineAt,
					attempts: Infinity,
					patienceUntilAt: (answer) => (isUnproven(answer) ? unprovenUntilAt : deadlineAt),
					retries: (answer) => {
						// Searching a delivered picture for the service's words would take 3 ms and find none.
						if (isServed(answer)) return false;
						if (serviceWords(answer).refund !== null) offers.push(answer);
						return isWorthAnotherProof(answer.status, offers.length);
					},
					insists: true,
				},
				clock,
			);
			// What was offered once counts, also where the service says less or nothing in the end.
			return isServed(outcome) ? outcome : (offers.at(-1) ?? outcome);
		},
		fetchPicture: async (url, deadlineAt) => {
			let answeredBy = url;
			const outcome = await sendPersistently(
				async (timeoutMs) => {
					const answer = await fetchLink(http, clock, url, timeoutMs);
					answeredBy = answer.url;
					return answer.outcome;
				},
				{
					deadlineAt,
					attempts: LINK_ATTEMPTS,
					retries: (answer) => answer.status >= 300 || isUnready(answer),
					insists: true,
				},
				clock,
			);
			return { outcome, url: answeredBy };
		},
	};
}

/** A service that offers a refund may still deliver, but it is asked only a few more times. */
function isWorthAnotherProof(status: number, refundOffers: number): boolean {
	if (refundOffers === 0) return isWorthRedeemingAgain(status);
	return refundOffers < MOST_REFUND_OFFERS && (status === 429 || status >= 500);
}

/** Whether the service does not take the proof: settlement that lags behind, or its last word. */
export function isUnproven(outcome: HttpOutcome): boolean {
	return outcome.kind === 'answer' && (outcome.status === 401 || outcome.status === 402);
}

/** Whether the service has done what was asked: a 2xx. */
export function isServed(outcome: HttpOutcome): boolean {
	return outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300;
}

function headersOf(order: Order, proof: Proof | undefined): Record<string, string> {
	return {
		'Content-Type': 'application/json',
		...(order.skipDedup ? { 'X-No-Cache': '1' } : {}),
		...(proof === undefined ? {} : { Authorization: formatCredential(proof, proof.preimage) }),
	};
}
