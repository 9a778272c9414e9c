import type { HttpAnswer } from '../../l402/http';

const LONGEST_TITLE = 60;
const LOOKED_AT = 2_000;
const PAGE = /^\s*(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype html|html|head|body|title|center|h1)\b/i;

/** What stands between this node and the service, where the answer tells: '' where it does not. */
export function inTheWay(answer: HttpAnswer): string {
	const target = redirectTarget(answer);
	if (target !== null) return target;
	const text = answer.body.subarray(0, LOOKED_AT).toString('utf8');
	if (!PAGE.test(text)) return '';
	const [, title = ''] = /<title[^>]{0,100}>([^<]{1,200})/i.exec(text) ?? [];
	const line = title
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim()
		.slice(0, LONGEST_TITLE);
	const what = answer.status < 400 ? 'a web page' : 'a page of a proxy';
	return `${what}, not an answer of the service${line === '' ? '' : ` ("${line}")`}`;
}

/** Only scheme and host: the rest may carry what was sent. null where it is no redirect. */
function redirectTarget({ status, headers }: HttpAnswer): string | null {
	if (status < 300 || status >= 400 || status === 304) return null;
	const location = headers.location ?? '';
	if (location === '') return 'it redirects, and does not say where to';
	return URL.canParse(location)
		? `it redirects to ${new URL(location).origin}`
		: 'it redirects to another path';
}

/**
 * Why a 402 without `WWW-Authenticate` cannot be paid: proxies take the header away, and some pass
 * it on under another name. null where the header is there.
 */
export function missingHeader({ headers }: HttpAnswer): string | null {
	if ((headers['www-authenticate'] ?? '').trim() !== '') return null;
	const isChallenge = ([, value]: [string, string]) => /^\s*(?:L402|LSAT)\s/i.test(value);
	const [name] = Object.entries(headers).find(isChallenge) ?? [];
	const where = name === undefined ? '' : `; there is one named "${name.slice(0, 60)}" instead`;
	return `the header WWW-Authenticate is missing${where}`;
}
