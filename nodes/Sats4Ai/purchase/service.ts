import { formatCredential } from '../l402/challenge';
import type { Clock } from '../l402/clock';
import type { Http, HttpOutcome } from '../l402/http';
import { isWorthRedeemingAgain, sendPersistently } from '../l402/persistence';

/** What is bought: one request, byte for byte the same whenever it is sent. */
export interface Order {
	readonly operation: string;
	/** Absolute. */
	readonly url: string;
	readonly body: Buffer;
	/** What tells it from others (`orderDigest`), as soon as that is known. */
	readonly digest: Promise<string>;
	readonly itemIndex: number;
	/** Asks the service not to answer from its cache. */
	readonly skipDedup: boolean;
}

export interface Proof {
	readonly scheme: 'L402' | 'LSAT';
	readonly token: string;
	readonly preimage: string;
}

export interface Service {
	/** Sends the order without proof: costs nothing, so passing trouble is tried again, briefly. */
	ask(order: Order): Promise<HttpOutcome>;
	/** Sends the order with the proof of payment until it is answered for good. */
	redeem(order: Order, proof: Proof, deadlineAt: number): Promise<HttpOutcome>;
	/** Fetches a result, without any proof. */
	fetchPicture(url: string, deadlineAt: number): Promise<HttpOutcome>;
}

const ASK_ATTEMPTS = 3;
const LINK_ATTEMPTS = 5;

/** The service over HTTP. `requestTimeoutMs` limits each of its calls. */
export function openService(http: Http, clock: Clock, requestTimeoutMs: number): Service {
	const post = async (order: Order, timeoutMs: number, proof?: Proof) =>
		await http({
			method: 'POST',
			url: order.url,
			headers: headersOf(order, proof),
			body: order.body,
			timeoutMs,
		});
	return {
		ask: async (order) =>
			await sendPersistently(
				async (timeoutMs) => await post(order, timeoutMs),
				{
					deadlineAt: clock.now() + requestTimeoutMs,
					attempts: ASK_ATTEMPTS,
					retries: (status) => [429, 502, 503, 504].includes(status),
				},
				clock,
			),
		redeem: async (order, proof, deadlineAt) =>
			await sendPersistently(
				async (timeoutMs) => await post(order, timeoutMs, proof),
				{ deadlineAt, attempts: Infinity, retries: isWorthRedeemingAgain },
				clock,
			),
		fetchPicture: async (url, deadlineAt) =>
			await sendPersistently(
				async (timeoutMs) =>
					await http({ method: 'GET', url, headers: {}, timeoutMs, followRedirects: true }),
				{ deadlineAt, attempts: LINK_ATTEMPTS, retries: (status) => status >= 300 },
				clock,
			),
	};
}

function headersOf(order: Order, proof: Proof | undefined): Record<string, string> {
	return {
		'Content-Type': 'application/json',
		...(order.skipDedup ? { 'X-No-Cache': '1' } : {}),
		...(proof === undefined ? {} : { Authorization: formatCredential(proof, proof.preimage) }),
	};
}
