import { growingPauses } from '../../l402/clock';
import type { HttpAnswer } from '../../l402/http';
import type { Shop } from '../ports';
import type { ServiceWords } from '../report/failure';
import { ownWords, wordsBehind, wordsIn } from './answerWords';
import { pictureFormat } from './picture/format';
import type { PictureBytes } from './picture/pieces';
import { TOO_LARGE } from './pictureBounds';
import { findPicture } from './resultPicture';
import { serviceWords } from './serviceWords';
import type { Picture } from './storePicture';
import { isUnready } from './unready';

export type CollectOutcome =
	/** `isCut`: its end is surely missing, and it came that way each time. */
	| { readonly status: 'picture'; readonly picture: Picture; readonly isCut: boolean }
	/** The link could not be fetched. */
	| { readonly status: 'unreachable'; readonly imageUrl: string; readonly words: ServiceWords }
	/** The service says that it could not make the picture. */
	| { readonly status: 'failed'; readonly words: ServiceWords; readonly imageUrl: null }
	/** What came is no picture. */
	| {
			readonly status: 'none';
			readonly reason: string;
			/** null where it says nothing, or where a link led to it: that need not be the service's. */
			readonly words: ServiceWords | null;
			readonly imageUrl: string | null;
	  };

/** So many links may lead to another link: a job's address, its picture. */
const MAX_LINKS = 3;
/** How often a link is fetched again if its picture ends in the middle: it may not be complete yet. */
const MAX_CUT_OFFS = 4;
/** The service has taken the work on, and has not done it. */
const ACCEPTED = 202;
const NO_PICTURE = 'what came is no picture';
const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 5_000;

/**
 * Takes the picture out of a 2xx answer: fetches it where the answer is a link to it, waits where
 * it is a job that is still running.
 */
export async function collectPicture(
	answer: HttpAnswer,
	deadlineAt: number,
	shop: Shop,
	/** Called as soon as a link is known, before it is fetched. */
	onLink: (imageUrl: string) => void,
): Promise<CollectOutcome> {
	if (answer.isCut === true) return none(`what came ${TOO_LARGE}`, null, null);
	const found = findPicture(answer, shop.serviceUrl);
	if (found.kind === 'none') return withWords(found.reason, wordsIn(answer));
	if (found.kind === 'failed') return failed(answer);
	if (found.kind === 'bytes') return asPicture(found, found.imageUrl);
	const link = found.kind === 'link' ? found.imageUrl : found.pollUrl;
	if (link === null) return withWords('the job has no address', wordsIn(answer));
	onLink(link);
	return await collectLink(link, deadlineAt, shop);
}

/**
 * Fetches a result or a job's state, again after passing trouble. Sends no credential. A picture
 * that stays cut off is handed on as it is: half of it in hand is better than none.
 */
export async function collectLink(
	imageUrl: string,
	deadlineAt: number,
	shop: Shop,
	links = MAX_LINKS,
): Promise<CollectOutcome> {
	const { clock, service, serviceUrl } = shop;
	const pauses = growingPauses(FIRST_POLL_MS, LONGEST_POLL_MS);
	const cutOff: CollectOutcome[] = [];
	for (;;) {
		const fetched = await service.fetchPicture(imageUrl, deadlineAt);
		const { outcome } = fetched;
		if (outcome.kind !== 'answer' || outcome.status < 200 || outcome.status >= 300) {
			const words = wordsBehind(fetched, serviceUrl);
			return cutOff[0] ?? { status: 'unreachable', imageUrl, words };
		}
		if (outcome.isCut === true) {
			return { status: 'unreachable', imageUrl, words: ownWords(`it ${TOO_LARGE}`) };
		}
		const found = findPicture(outcome, serviceUrl);
		if (found.kind === 'failed') {
			return { status: 'failed', words: wordsBehind(fetched, serviceUrl), imageUrl: null };
		}
		if (found.kind === 'link' && links > 0) {
			return await collectLink(found.imageUrl, deadlineAt, shop, links - 1);
		}
		if (found.kind === 'bytes') {
			const picture = asPicture(found, found.imageUrl ?? imageUrl);
			if (!found.isCut || cutOff.length >= MAX_CUT_OFFS) return picture;
			cutOff.push(picture);
		} else if (isUnready(outcome)) {
			const words = { ...ownWords('it leads to nothing yet'), statusCode: outcome.status };
			return cutOff[0] ?? { status: 'unreachable', imageUrl, words };
		} else if (found.kind !== 'job' && outcome.status !== ACCEPTED) {
			return cutOff[0] ?? none(NO_PICTURE, null, imageUrl);
		}
		const pauseMs = pauses.next().value;
		if (clock.cancelled() || clock.elapsedMs() + pauseMs >= deadlineAt) {
			const words = ownWords('the job is still running');
			return cutOff[0] ?? { status: 'unreachable', imageUrl, words };
		}
		await clock.sleep(pauseMs);
	}
}

function asPicture(
	{ bytes, isCut }: { readonly bytes: PictureBytes; readonly isCut: boolean },
	imageUrl: string | null,
): CollectOutcome {
	const format = pictureFormat(bytes);
	if (format === null) return none(NO_PICTURE, null, imageUrl);
	return { status: 'picture', picture: { ...format, bytes, imageUrl }, isCut };
}

function withWords(reason: string, words: ServiceWords | null): CollectOutcome {
	const message = words?.message ?? null;
	return none(message === null ? reason : `${reason}; it says: ${message}`, words, null);
}

function failed(answer: HttpAnswer): CollectOutcome {
	return { status: 'failed', words: serviceWords(answer), imageUrl: null };
}

function none(reason: string, words: ServiceWords | null, imageUrl: string | null): CollectOutcome {
	return { status: 'none', reason, words, imageUrl };
}
