import { isObject, parseJson, type JsonObject } from '../../l402/json';
import { pictureFormat } from './picture/format';

/** What a successful answer holds: the picture itself, a link to it, a promise, or none. */
export type ResultPicture =
	/** `imageUrl` is the link that came beside the bytes, absolute; null where none did. */
	| { readonly kind: 'bytes'; readonly bytes: Buffer; readonly imageUrl: string | null }
	/** Absolute, http or https. */
	| { readonly kind: 'link'; readonly imageUrl: string }
	/** Still being made; `pollUrl`, absolute, tells when it is done (null: it was just asked). */
	| { readonly kind: 'job'; readonly pollUrl: string | null }
	/** A job that ended without a picture. */
	| { readonly kind: 'failed' }
	| { readonly kind: 'none'; readonly reason: string };

const LINK_KEYS = ['image_url', 'imageUrl', 'url'];
const BYTES_KEYS = ['base64Image', 'base64_image', 'image_base64', 'image', 'b64_json', 'data'];
const WRAPPER_KEYS = ['body', 'result', 'output', 'data', 'image'];
const MAX_WRAPPERS = 4;
const MAX_LINK_LENGTH = 8_192;
/** `status` of a job that has not ended (the API's page on long jobs). */
const RUNNING = /^(in_queue|in_progress|queued|pending|processing|running|started)$/i;

/** `status` of a job that has ended without a picture. */
const FAILED = /^(failed|failure|error|cancell?ed|expired)$/i;

/**
 * Finds the picture in any documented or observed shape: raw bytes; a data URI as text or JSON
 * string; `image_url`, absolute or relative to `serviceUrl`; `imageUrl` with `base64Image`; all of
 * these wrapped in `body`, once more encoded or not. A long job gives its `poll_url`. Never throws.
 */
export function findPicture(body: Buffer, serviceUrl: string): ResultPicture {
	if (body.length === 0) return { kind: 'none', reason: 'the answer is empty' };
	if (pictureFormat(body) !== null) return { kind: 'bytes', bytes: body, imageUrl: null };
	return inValue(parsed(body.toString('utf8').trim()), serviceUrl, MAX_WRAPPERS);
}

function inValue(value: unknown, serviceUrl: string, wrappers: number): ResultPicture {
	if (typeof value === 'string') return inText(value.trim(), serviceUrl, wrappers);
	const inner: unknown = Array.isArray(value) ? value[0] : value;
	if (typeof inner === 'string' && wrappers > 0) return inValue(inner, serviceUrl, wrappers - 1);
	if (!isObject(inner)) return { kind: 'none', reason: 'the answer holds no picture' };
	const link = firstLink(inner, serviceUrl);
	for (const key of BYTES_KEYS) {
		const bytes = pictureBytes(inner[key]);
		if (bytes !== null) return { kind: 'bytes', bytes, imageUrl: link };
	}
	for (const key of LINK_KEYS) {
		const bytes = pictureBytes(inner[key]);
		if (bytes !== null) return { kind: 'bytes', bytes, imageUrl: null };
	}
	if (link !== null) return { kind: 'link', imageUrl: link };
	const status = typeof inner.status === 'string' ? inner.status : '';
	if (FAILED.test(status)) return { kind: 'failed' };
	const pollUrl = typeof inner.poll_url === 'string' ? absolute(inner.poll_url, serviceUrl) : null;
	if (pollUrl !== null || RUNNING.test(status)) return { kind: 'job', pollUrl };
	for (const key of wrappers > 0 ? WRAPPER_KEYS : []) {
		if (inner[key] === undefined) continue;
		const wrapped = inValue(inner[key], serviceUrl, wrappers - 1);
		if (wrapped.kind !== 'none') return wrapped;
	}
	return { kind: 'none', reason: 'the answer holds no picture' };
}

function inText(text: string, serviceUrl: string, wrappers: number): ResultPicture {
	const bytes = pictureBytes(text);
	if (bytes !== null) return { kind: 'bytes', bytes, imageUrl: null };
	const inner = parsed(text);
	if (inner !== text && wrappers > 0) return inValue(inner, serviceUrl, wrappers - 1);
	const isLink = text.length <= MAX_LINK_LENGTH && /^(https?:\/\/|\/)\S+$/.test(text);
	const imageUrl = isLink ? absolute(text, serviceUrl) : null;
	if (imageUrl !== null) return { kind: 'link', imageUrl };
	return { kind: 'none', reason: 'the answer is no picture' };
}

function firstLink(object: JsonObject, serviceUrl: string): string | null {
	for (const key of LINK_KEYS) {
		const value = object[key];
		if (typeof value !== 'string' || value === '' || value.startsWith('data:')) continue;
		const url = absolute(value, serviceUrl);
		if (url !== null) return url;
	}
	return null;
}

function absolute(link: string, serviceUrl: string): string | null {
	if (link.length > MAX_LINK_LENGTH || !URL.canParse(link, serviceUrl)) return null;
	const url = new URL(link, serviceUrl);
	return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/** The picture in base64 text or a data URI; null where the bytes are no picture. */
function pictureBytes(value: unknown): Buffer | null {
	if (typeof value !== 'string' || value.length < 16) return null;
	const base64 = value.startsWith('data:') ? value.slice(value.indexOf(',') + 1) : value;
	// Decodes the first bytes alone before the whole: most strings are no picture.
	if (pictureFormat(Buffer.from(base64.slice(0, 64), 'base64')) === null) return null;
	return Buffer.from(base64, 'base64');
}

/** No answer with a picture has more parts than this: of a long text each costs many times its length. */
const MOST_PARTS = 10_000;
const LONG_TEXT = 1_000_000;

/** The JSON value of a text, or the text itself. */
function parsed(text: string): unknown {
	if (!/^["[{]/.test(text) || (text.length > LONG_TEXT && hasTooManyParts(text))) return text;
	return parseJson(text) ?? text;
}

/** Counts what begins a part of JSON; a picture in base64 holds none of it. */
function hasTooManyParts(text: string): boolean {
	return ['[', '{', ','].some((sign) => {
		let at = -1;
		for (let parts = 0; parts <= MOST_PARTS; parts += 1) {
			at = text.indexOf(sign, at + 1);
			if (at < 0) return false;
		}
		return true;
	});
}
