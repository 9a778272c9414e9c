import type { HttpAnswer } from '../../l402/http';
import { isObject, type JsonObject } from '../../l402/json';
import { BYTES_KEYS, linkBeside, linkInPlace, LINK_KEYS } from './answerLinks';
import { absoluteLink, linkIn, parsedText } from './answerText';
import { answerValue, type AnswerValue } from './answerValue';
import { readBase64Picture, readCleanPicture } from './picture/base64Picture';
import { endsInTheMiddle } from './picture/format';
import { knownFormat } from './picture/knownFormats';
import { Pieces, type PictureBytes } from './picture/pieces';

/** What a successful answer holds: the picture itself, a link to it, a promise, or none. */
export type ResultPicture =
	| {
			readonly kind: 'bytes';
			readonly bytes: PictureBytes;
			/** Whether its end is surely missing. */
			readonly isCut: boolean;
			/** The link that came beside the bytes, absolute; null where none did. */
			readonly imageUrl: string | null;
	  }
	/** Absolute, http or https. */
	| { readonly kind: 'link'; readonly imageUrl: string }
	/** Still being made; `pollUrl`, absolute, tells when it is done (null: it was just asked). */
	| { readonly kind: 'job'; readonly pollUrl: string | null }
	/** A job that ended without a picture. */
	| { readonly kind: 'failed' }
	| { readonly kind: 'none'; readonly reason: string };

interface Answer extends Pick<AnswerValue, 'pictures'> {
	readonly serviceUrl: string;
}

/** Keys behind which the picture may be, or a list with it. */
const WRAPPER_KEYS = [
	...['body', 'result', 'results', 'output', 'outputs', 'data', 'image', 'images', 'image_url'],
	...['imageUrl', 'artifacts', 'response', 'picture', 'pictures', 'file', 'files'],
];
const MAX_WRAPPERS = 6;
/** So many of a list are looked at. */
const MOST_LISTED = 16;
const NO_PICTURE: ResultPicture = { kind: 'none', reason: 'the answer holds no picture' };
/** In fewer there is nothing to see of a picture that is cut off. */
const FEWEST_BYTES = 32;
/** Nothing shorter is a picture in base64. */
const SHORTEST_BASE64 = 16;
/** `status` of a job that has not ended (the API's page on long jobs). */
const RUNNING = /^(in_queue|in_progress|queued|pending|processing|running|started)$/i;
/** `status` of a job that has ended without a picture. */
const FAILED = /^(failed|failure|error|cancell?ed|expired)$/i;

/**
 * Finds the picture in any documented or observed shape: raw bytes; a data URI as text or JSON
 * string; `image_url`, absolute or relative to `serviceUrl`; `imageUrl` with `base64Image`; all of
 * these wrapped in `body` and the like, in a list or not, once more encoded or not. Where bytes are
 * damaged and a link stands beside them, the link counts. A long job gives its `poll_url`. Never
 * throws.
 */
export function findPicture(
	{ body, pieces }: Pick<HttpAnswer, 'body' | 'pieces'>,
	serviceUrl: string,
): ResultPicture {
	if (body.length === 0) return { kind: 'none', reason: 'the answer is empty' };
	const all = pieces === undefined ? body : new Pieces(pieces);
	if (knownFormat(body) !== null) return bytesOf(all, null);
	const { value, pictures } = answerValue(all);
	return inValue(value, { serviceUrl, pictures }, MAX_WRAPPERS);
}

function inValue(value: unknown, answer: Answer, wrappers: number): ResultPicture {
	if (typeof value === 'string') return inText(value.trim(), answer, wrappers);
	if (Array.isArray(value)) {
		const listed = value.slice(0, MOST_LISTED);
		return likeliest(listed, (one) => inValue(one, answer, wrappers - 1), wrappers);
	}
	return isObject(value) ? inObject(value, answer, wrappers) : NO_PICTURE;
}

function inObject(object: JsonObject, answer: Answer, wrappers: number): ResultPicture {
	const link = linkBeside(object, answer.serviceUrl);
	const texts = [...BYTES_KEYS, ...LINK_KEYS].map((key) => object[key]).filter(isLongText);
	for (const text of texts) {
		const clean = answer.pictures.get(text) ?? readCleanPicture(text);
		if (clean.kind === 'picture') return bytesOf(clean.bytes, link);
	}
	if (link !== null) return { kind: 'link', imageUrl: link };
	const status = typeof object.status === 'string' ? object.status : '';
	if (FAILED.test(status)) return { kind: 'failed' };
	const { poll_url: poll } = object;
	const pollUrl = typeof poll === 'string' ? absoluteLink(poll, answer.serviceUrl) : null;
	if (pollUrl !== null || RUNNING.test(status)) return { kind: 'job', pollUrl };
	const keys = WRAPPER_KEYS.filter((key) => object[key] !== undefined);
	const wrapped = likeliest(keys, (key) => inValue(object[key], answer, wrappers - 1), wrappers);
	if (wrapped.kind !== 'none') return wrapped;
	const path = linkInPlace(object, answer.serviceUrl);
	return path === null
		? likeliest(texts, (text) => restored(text, answer), wrappers + 1)
		: { kind: 'link', imageUrl: path };
}

function inText(text: string, answer: Answer, wrappers: number): ResultPicture {
	if (text.length >= SHORTEST_BASE64) {
		const clean = answer.pictures.get(text) ?? readCleanPicture(text);
		if (clean.kind === 'picture') return bytesOf(clean.bytes, null);
	}
	const inner = parsedText(text);
	if (inner !== text && wrappers > 0) return inValue(inner, answer, wrappers - 1);
	const imageUrl = linkIn(text, answer.serviceUrl);
	if (imageUrl !== null) return { kind: 'link', imageUrl };
	const picture = restored(text, answer);
	return picture.kind === 'none' ? { ...picture, reason: 'the answer is no picture' } : picture;
}

/** What can be made of a text that is damaged; a part of a picture is better than none. */
function restored(text: string, { pictures }: Answer): ResultPicture {
	const read = pictures.get(text) ?? readBase64Picture(text);
	return 'bytes' in read ? bytesOf(read.bytes, null) : NO_PICTURE;
}

function bytesOf(bytes: PictureBytes, imageUrl: string | null): ResultPicture {
	const isCut = endsInTheMiddle(bytes);
	if (isCut && bytes.length < FEWEST_BYTES) {
		return { kind: 'none', reason: 'the picture ends where it has just begun' };
	}
	return { kind: 'bytes', bytes, isCut, imageUrl };
}

/** The first that holds a picture, a link or a promise; else the first that holds a part of one. */
function likeliest<Value>(
	values: readonly Value[],
	find: (value: Value) => ResultPicture,
	wrappers: number,
): ResultPicture {
	let second: ResultPicture = NO_PICTURE;
	for (const value of wrappers > 0 ? values : []) {
		const found = find(value);
		const isPart = found.kind === 'bytes' && found.isCut;
		if (found.kind !== 'none' && !isPart) return found;
		if (second.kind === 'none') second = found;
	}
	return second;
}

function isLongText(value: unknown): value is string {
	return typeof value === 'string' && value.length >= SHORTEST_BASE64;
}
