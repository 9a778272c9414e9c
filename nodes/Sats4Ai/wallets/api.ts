import { wholeAnswer, type Http } from '../l402/http';
import type { FailureCause, NotSent, Unknown } from '../l402/payer';
import type { HttpWallet } from './httpWallet';
import { asObject, asText, parseJson } from './json';
import { reachHint } from './reachHint';
import type { WalletSettings, WalletUnavailable } from './wallet';
import { isPage, whatCame } from './whatCame';

/** One call to a wallet's HTTP API. */
export interface ApiCall {
	readonly method: 'GET' | 'POST';
	/** Path and query, with a leading slash. */
	readonly path: string;
	/** An object goes as JSON, a text as a form. */
	readonly body?: object | string;
	readonly timeoutMs: number;
	readonly isLastLine?: (line: string) => boolean;
	/** Hang up on a longer answer. `MAX_ANSWER_BYTES` where absent. */
	readonly maxBytes?: number;
}

export interface Answered {
	readonly kind: 'answer';
	readonly status: number;
	readonly location: string;
	readonly text: string;
	/** undefined where the text is no JSON. */
	readonly json: unknown;
}

export type ApiAnswer =
	| Answered
	| { readonly kind: 'notSent'; readonly reason: string }
	| { readonly kind: 'lost'; readonly reason: string };

export type CallApi = (call: ApiCall) => Promise<ApiAnswer>;

/** How long the HTTP call may outlive the payment timeout, so that the wallet's verdict still arrives. */
export const PAY_CALL_GRACE_MS = 15_000;
/** A pay call cannot still be on its way to the wallet this long after the invoice expired. */
export const PAY_CALL_LINGERS_MS = 60_000;

/** More than any answer of a wallet holds: one payment, one invoice, or a few words. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** A page of a list of payments; each may name all the ways it was tried. */
export const MAX_LIST_BYTES = 16 * 1024 * 1024;

/** Plain words of a refusal, as far as they are told. */
const LONGEST_PLAIN = 120;

/** Binds calls to the wallet's URL and secret. Redirects are never followed. */
export function connectApi(
	http: Http,
	wallet: HttpWallet,
	settings: Pick<WalletSettings, 'url' | 'caCertificate' | 'ignoreSslIssues'>,
	secretHeaders: Readonly<Record<string, string>>,
): CallApi {
	return async ({ method, path, body, timeoutMs, isLastLine, maxBytes }) => {
		const answered = await http({
			method,
			url: `${settings.url}${path}`,
			headers: { accept: 'application/json', ...contentType(body), ...secretHeaders },
			...(body === undefined
				? {}
				: { body: typeof body === 'string' ? body : JSON.stringify(body) }),
			timeoutMs,
			maxBytes: maxBytes ?? MAX_ANSWER_BYTES,
			...(settings.caCertificate === '' ? {} : { caCertificate: settings.caCertificate }),
			...(settings.ignoreSslIssues ? { ignoreSslIssues: true } : {}),
			...(isLastLine === undefined ? {} : { isLastLine }),
			followRedirects: false,
		});
		const outcome = wholeAnswer(answered);
		if (outcome.kind !== 'answer') {
			return { ...outcome, reason: outcome.reason + reachHint(outcome.reason, settings, wallet) };
		}
		const text = outcome.body.toString('utf8');
		const location = outcome.headers['location'] ?? '';
		return { kind: 'answer', status: outcome.status, location, text, json: parseJson(text) };
	};
}

function contentType(body: object | string | undefined): Record<string, string> {
	if (body === undefined) return {};
	const form = 'application/x-www-form-urlencoded';
	return { 'content-type': typeof body === 'string' ? form : 'application/json' };
}

/** Why an answer says nothing of the payment itself, the same for every wallet with an HTTP API. */
export interface ApiTrouble {
	readonly kind: 'trouble';
	/** Whether the wallet may have acted on the request. */
	readonly mayHaveActed: boolean;
	readonly cause: FailureCause;
	readonly reason: string;
}

/** The answer where the wallet's own words decide, or the trouble common to all HTTP wallets. */
export function readAnswer(answer: ApiAnswer, wallet: HttpWallet): Answered | ApiTrouble {
	const { title } = wallet;
	if (answer.kind === 'notSent') {
		return trouble('unreachable', `${title} could not be reached: ${answer.reason}`);
	}
	if (answer.kind === 'lost') {
		const reason = `${title} did not answer: ${answer.reason}`;
		return { ...trouble('unreachable', reason), mayHaveActed: true };
	}
	if (answer.status === 401 || answer.status === 403) {
		if (isPage(answer)) {
			return trouble('unreachable', `${title} was not reached: ${whatCame(answer, wallet)}`);
		}
		const reason = `${title} refused the credentials (HTTP ${answer.status}${words(answer)})`;
		return trouble('unauthorized', reason);
	}
	if (answer.status === 429) {
		const reason = `${title} asks to send fewer requests (HTTP 429${words(answer)})`;
		return trouble('other', reason);
	}
	if (answer.status >= 300 && answer.status < 400) {
		// RFC 9110: 301, 307 and 308 ask to send the request elsewhere, so it was not acted on here;
		// 302 and 303 may also be the answer to a request that was.
		const mayHaveActed = ![301, 307, 308].includes(answer.status);
		const target = redirectTarget(answer.location);
		const reason = `the URL of ${title} redirects${target}; enter the final URL in the credential`;
		return { ...trouble('unreachable', reason), mayHaveActed };
	}
	return answer;
}

/** Trouble that the wallet has not acted on. */
export function trouble(cause: FailureCause, reason: string): ApiTrouble {
	return { kind: 'trouble', mayHaveActed: false, cause, reason };
}

/** The wallet's own words, where it gives any: some are plain text. */
function words(answer: Answered): string {
	const body = asObject(answer.json);
	const plain = answer.json === undefined && !isPage(answer) ? answer.text.trim() : '';
	const text =
		asText(body.message) ||
		asText(body.detail) ||
		asText(body.error) ||
		plain.slice(0, LONGEST_PLAIN);
	return text === '' ? '' : `: ${text}`;
}

/** What trouble with a pay call means for the payment. */
export function outcomeOfTrouble({ mayHaveActed, cause, reason }: ApiTrouble): NotSent | Unknown {
	return mayHaveActed ? { status: 'unknown', reason } : { status: 'notSent', cause, reason };
}

/** What trouble means for a wallet that was asked to describe itself. */
export function unavailable({ cause, reason }: ApiTrouble): WalletUnavailable {
	return { status: 'unavailable', cause, reason };
}

/** Only scheme and host: the rest of a redirect may carry what was sent. */
function redirectTarget(location: string): string {
	return URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
}
