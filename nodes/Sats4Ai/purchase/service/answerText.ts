import { parseJson } from '../../l402/json';

const MAX_LINK_LENGTH = 8_192;
/** No answer with a picture has more parts than this: of a long text each costs many times its length. */
const MOST_PARTS = 10_000;
const LONG_TEXT = 1_000_000;

/** The JSON value of a text, or the text itself. `length`: before pictures were taken out of it. */
export function parsedText(text: string, length = text.length): unknown {
	if (!/^["[{]/.test(text) || (length > LONG_TEXT && hasTooManyParts(text))) return text;
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

/** The address that a text is, absolute, if it is one and nothing else. */
export function linkIn(text: string, serviceUrl: string): string | null {
	const isLink = text.length <= MAX_LINK_LENGTH && /^(https?:\/\/|\/)\S+$/.test(text);
	return isLink ? absoluteLink(text, serviceUrl) : null;
}

/** An address of http or https, relative to the service or not; null where a text is none. */
export function absoluteLink(link: string, serviceUrl: string): string | null {
	if (link.length > MAX_LINK_LENGTH || !URL.canParse(link, serviceUrl)) return null;
	const url = new URL(link, serviceUrl);
	return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
