import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Http, HttpOutcome, HttpRequest } from '../l402/http';
import { bodyOf, isStreamed } from './streamedBody';

/** n8n's request helper, which brings proxy, TLS settings, SSRF rules and the user agent. */
export type RequestHelper = (options: IHttpRequestOptions) => Promise<unknown>;

/** Node settings (*Request Options*) that hold for requests to the service. */
export type RequestSettings = Pick<IHttpRequestOptions, 'proxy' | 'skipSslCertificateValidation'>;

/**
 * `Http` over n8n's request helper. Redirects are not followed unless asked for, so that neither
 * the proof of payment nor a wallet secret can be led to another host. The time limit holds for
 * the whole exchange: n8n's own covers the wait for an answer, not a body that trickles.
 */
export function n8nHttp(
	request: RequestHelper,
	settings: RequestSettings,
	cancelSignal: AbortSignal | undefined,
): Http {
	return async (wanted) => {
		const timeout = AbortSignal.timeout(Math.min(2 ** 31 - 1, Math.ceil(wanted.timeoutMs)));
		const abortSignal =
			cancelSignal === undefined ? timeout : AbortSignal.any([timeout, cancelSignal]);
		if (cancelSignal?.aborted === true) return { kind: 'notSent', reason: 'the run was stopped' };
		const options = requestOptions(wanted, settings, abortSignal);
		return await request(options)
			.then(
				async (response) =>
					await answerOf(response as IN8nHttpFullResponse, wanted.maxBytes, abortSignal),
			)
			.catch((cause: unknown) => {
				if (cancelSignal?.aborted === true) return { kind: 'lost', reason: 'the run was stopped' };
				if (timeout.aborted) return { kind: 'lost', reason: 'no answer in time' };
				return transportOutcome(cause);
			});
	};
}

function requestOptions(
	wanted: HttpRequest,
	settings: RequestSettings,
	abortSignal: AbortSignal,
): IHttpRequestOptions {
	const { caCertificate, ignoreSslIssues } = wanted;
	return {
		...settings,
		method: wanted.method,
		url: wanted.url,
		headers: { ...wanted.headers },
		...(wanted.body === undefined ? {} : { body: wanted.body }),
		encoding: isStreamed(wanted) ? 'stream' : 'arraybuffer',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: wanted.followRedirects !== true,
		timeout: Math.ceil(wanted.timeoutMs),
		abortSignal,
		...(ignoreSslIssues === true ? { skipSslCertificateValidation: true } : {}),
		...(caCertificate === undefined ? {} : { agentOptions: { ca: caCertificate } }),
	};
}

async function answerOf(
	response: IN8nHttpFullResponse,
	maxBytes: number | undefined,
	abortSignal: AbortSignal,
): Promise<HttpOutcome> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(response.headers)) {
		headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	const body = await bodyOf(response.body, maxBytes, abortSignal);
	return body === null
		? { kind: 'lost', reason: 'the answer is too large' }
		: { kind: 'answer', status: response.statusCode, headers, body };
}

/** Errors that come before a connection stands: nothing of the request has left. */
const NOT_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'ERR_INVALID_URL',
	'EPROTO',
	'HOSTNAME_MISMATCH',
]);
/** Not `ERR_SSL_…`: a garbled record has such a code too, also after the request was acted upon. */
const CERTIFICATE = /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;

function transportOutcome(cause: unknown): HttpOutcome {
	const code = codeOf(cause);
	const reason = code === '' ? 'the connection failed' : `the connection failed (${words(code)})`;
	const notSent = NOT_SENT.has(code) || CERTIFICATE.test(code);
	return notSent ? { kind: 'notSent', reason } : { kind: 'lost', reason };
}

/** The code alone: messages may quote the request, which holds secrets. */
function codeOf(cause: unknown, depth = 0): string {
	if (typeof cause !== 'object' || cause === null || depth > 4) return '';
	const { code } = cause as { code?: unknown };
	if (typeof code === 'string' && !code.startsWith('ERR_BAD_')) return code;
	return codeOf((cause as { cause?: unknown }).cause, depth + 1);
}

/** n8n replaces a whole message that holds one of Node's error codes, so it is said in words. */
function words(code: string): string {
	const known: Record<string, string> = {
		ECONNREFUSED: 'connection refused',
		ECONNRESET: 'connection reset',
		ECONNABORTED: 'connection aborted',
		ENOTFOUND: 'no such host',
		EAI_AGAIN: 'name lookup failed',
		EHOSTUNREACH: 'host unreachable',
		ENETUNREACH: 'network unreachable',
		ETIMEDOUT: 'timed out',
		EPIPE: 'connection closed',
		EPROTO: 'TLS handshake failed',
	};
	return known[code] ?? code.toLowerCase().replace(/_/g, ' ');
}
