import { growingPauses, type Clock } from '../l402/clock';
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

export interface CollectPorts {
	readonly clock: Clock;
	readonly service: Service;
	/** Base URL of the service: relative links belong to it. */
	readonly serviceUrl: string;
}

/** Links that lead to links: a job's address, its picture. More is a service gone astray. */
const MAX_LINKS = 3;
const FIRST_POLL_MS = 250;
const LONGEST_POLL_MS = 5_000;

/**
 * Takes the picture out of a 2xx answer: fetches it where the answer is a link to it, waits where
 * it is a job that is still running.
 */
export async function collectPicture(
	body: Buffer,
	deadlineAt: number,
	ports: CollectPorts,
	/** Called as soon as a link is known, before it is fetched. */
	onLink: (imageUrl: string) => void,
): Promise<CollectOutcome> {
	const found = findPicture(body, ports.serviceUrl);
	if (found.kind === 'none') return { status: 'none', reason: found.reason, imageUrl: null };
	if (found.kind === 'bytes') return asPicture(found.bytes, found.imageUrl);
	const link = found.kind === 'link' ? found.imageUrl : found.pollUrl;
	if (link === null) return { status: 'none', reason: 'the job has no address', imageUrl: null };
	onLink(link);
	return await collectLink(link, deadlineAt, ports);
}

/** Fetches a result or a job's state, again after passing trouble. Sends no credential. */
export async function collectLink(
	imageUrl: string,
	deadlineAt: number,
	ports: CollectPorts,
	links = MAX_LINKS,
): Promise<CollectOutcome> {
	const { clock, service, serviceUrl } = ports;
	const pauses = growingPauses(FIRST_POLL_MS, LONGEST_POLL_MS);
	for (;;) {
		const outcome: HttpOutcome = await service.fetchPicture(imageUrl, deadlineAt);
		const isFine = outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300;
		if (!isFine) return { status: 'unreachable', imageUrl, words: serviceWords(outcome) };
		const found = findPicture(outcome.body, serviceUrl);
		if (found.kind === 'bytes') return asPicture(found.bytes, found.imageUrl ?? imageUrl);
		if (found.kind === 'link' && links > 0) {
			return await collectLink(found.imageUrl, deadlineAt, ports, links - 1);
		}
		if (found.kind !== 'job')
			return { status: 'none', reason: 'what came is no picture', imageUrl };
		const pauseMs = pauses.next().value;
		if (clock.cancelled() || clock.now() + pauseMs >= deadlineAt) {
			const words = { ...serviceWords(outcome), message: 'the job is still running' };
			return { status: 'unreachable', imageUrl, words };
		}
		await clock.sleep(pauseMs);
	}
}

function asPicture(bytes: Buffer, imageUrl: string | null): CollectOutcome {
	const format = pictureFormat(bytes);
	if (format === null) return { status: 'none', reason: 'what came is no picture', imageUrl };
	return { status: 'picture', picture: { ...format, bytes, imageUrl } };
}
