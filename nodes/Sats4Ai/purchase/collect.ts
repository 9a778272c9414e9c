import type { HttpOutcome } from '../l402/http';
import type { ServiceWords } from './failure';
import { pictureFormat, type PictureFormat } from './pictureFormat';
import { findPicture } from './resultPicture';
import type { Service } from './service';
import { serviceWords } from './serviceWords';

/** A picture in hand. */
export interface Picture extends PictureFormat {
	readonly bytes: Buffer;
	/** Absolute; null where the service returned the picture itself. */
	readonly imageUrl: string | null;
}

export type CollectOutcome =
	| { readonly status: 'picture'; readonly picture: Picture }
	/** The link could not be fetched. */
	| { readonly status: 'unreachable'; readonly imageUrl: string; readonly words: ServiceWords }
	/** What came is no picture. */
	| { readonly status: 'none'; readonly reason: string; readonly imageUrl: string | null };

/** Takes the picture out of a 2xx answer, fetching it where the answer is a link to it. */
export async function collectPicture(
	service: Service,
	body: Buffer,
	serviceUrl: string,
	deadlineAt: number,
	/** Called as soon as a link is known, before it is fetched. */
	onLink: (imageUrl: string) => void,
): Promise<CollectOutcome> {
	const found = findPicture(body, serviceUrl);
	if (found.kind === 'none') return { status: 'none', reason: found.reason, imageUrl: null };
	if (found.kind === 'bytes') return asPicture(found.bytes, found.imageUrl);
	onLink(found.imageUrl);
	return await collectLink(service, found.imageUrl, deadlineAt);
}

/** Fetches a result link, again after passing trouble. Sends no credential. */
export async function collectLink(
	service: Service,
	imageUrl: string,
	deadlineAt: number,
): Promise<CollectOutcome> {
	const outcome: HttpOutcome = await service.fetchPicture(imageUrl, deadlineAt);
	if (outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300) {
		return asPicture(outcome.body, imageUrl);
	}
	return { status: 'unreachable', imageUrl, words: serviceWords(outcome) };
}

function asPicture(bytes: Buffer, imageUrl: string | null): CollectOutcome {
	const format = pictureFormat(bytes);
	if (format === null) return { status: 'none', reason: 'what came is no picture', imageUrl };
	return { status: 'picture', picture: { ...format, bytes, imageUrl } };
}
