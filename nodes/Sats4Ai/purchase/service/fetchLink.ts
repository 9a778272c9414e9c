import type { Clock } from '../../l402/clock';
import type { Http, HttpOutcome } from '../../l402/http';
import { MAX_PICTURE_BYTES } from './pictureBounds';

/** What a link leads to, and who answered in the end. */
export interface LinkAnswer {
	readonly outcome: HttpOutcome;
	/** Where the last redirect led to. */
	readonly url: string;
}

const MAX_REDIRECTS = 10;
/** Nobody reads what a link says in place of a picture, beyond its status. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * Fetches a link and follows its redirects (RFC 9110 section 15.4) one by one, to know whose words
 * come back: a service can lead to any host, and what an inner one says is nobody else's business.
 */
export async function fetchLink(
	http: Http,
	clock: Clock,
	link: string,
	timeoutMs: number,
): Promise<LinkAnswer> {
	const deadlineAt = clock.elapsedMs() + timeoutMs;
	let url = link;
	for (let redirects = 0; ; redirects += 1) {
		const outcome = await http({
			method: 'GET',
			url,
			headers: {},
			timeoutMs: Math.max(1, deadlineAt - clock.elapsedMs()),
			maxBytes: MAX_PICTURE_BYTES,
			maxRefusalBytes: MAX_REFUSAL_BYTES,
			inPieces: true,
			followRedirects: false,
		});
		const next = redirectTarget(outcome, url);
		if (next === null || redirects === MAX_REDIRECTS) return { outcome, url };
		url = next;
	}
}

function redirectTarget(outcome: HttpOutcome, url: string): string | null {
	if (outcome.kind !== 'answer' || ![301, 302, 303, 307, 308].includes(outcome.status)) return null;
	const { location } = outcome.headers;
	if (location === undefined || !URL.canParse(location, url)) return null;
	const target = new URL(location, url);
	return ['http:', 'https:'].includes(target.protocol) ? target.href : null;
}
