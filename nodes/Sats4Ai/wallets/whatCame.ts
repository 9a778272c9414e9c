import type { HttpWallet } from './httpWallet';
import { isObject } from './json';

/** An answer as far as it tells where it comes from. */
export interface Came {
	readonly status: number;
	readonly text: string;
	/** undefined where the text is no JSON. */
	readonly json: unknown;
}

const LONGEST_TITLE = 60;
/** A page says what it is at its beginning. */
const LOOKED_AT = 2_000;

const TLS_EXPECTED = /HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port/i;
/** Markup of whatever kind, XML of a store of files too: no wallet sends any. */
const PAGE = /^\s*<[!?a-z]/i;
/** What a CDN says in one line instead of a page. */
const CDN_LINE = /^\s*error code: \d{3,4}\s*$/i;

/** Whether this is a page for people, which no wallet sends to a program. */
export function isPage({ text }: Pick<Came, 'text'>): boolean {
	const start = text.slice(0, LOOKED_AT);
	return PAGE.test(start) || CDN_LINE.test(start);
}

/** There is something at the wallet's URL, and it is not the wallet: what is it? */
export function notThere(answer: Came, wallet: HttpWallet): string {
	return `there is no ${wallet.api} at this URL: ${whatCame(answer, wallet)}`;
}

/** What came in the wallet's place, for people. */
export function whatCame(answer: Came, { title }: HttpWallet): string {
	const { status, text, json } = answer;
	const http = `HTTP ${status}`;
	if (TLS_EXPECTED.test(text.slice(0, LOOKED_AT))) {
		return `that port speaks TLS, so write https:// instead of http:// in the URL (${http})`;
	}
	if (isPage(answer)) {
		const from = isOfGateway(status) ? ' or tunnel that does not reach it' : ', not the wallet';
		const what = status < 400 ? 'a web page' : `a page of a proxy${from}`;
		return `${what} came (${titleOf(text)}${http})`;
	}
	if (isObject(json) || Array.isArray(json)) return `JSON of something else came (${http})`;
	if (isOfGateway(status)) return `a proxy or tunnel does not reach it (${http})`;
	return text.trim() === ''
		? `an empty answer came (${http})`
		: `an answer came that is not of ${title} (${http})`;
}

/** 502 to 504 of any proxy, 520 to 530 of a well-known tunnel. */
function isOfGateway(status: number): boolean {
	return (status >= 502 && status <= 504) || (status >= 520 && status <= 530);
}

function titleOf(text: string): string {
	const [, title = ''] = /<title[^>]{0,100}>([^<]{1,200})/i.exec(text.slice(0, LOOKED_AT)) ?? [];
	const line = title.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TITLE);
	return line === '' ? '' : `"${line}", `;
}
