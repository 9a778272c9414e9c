import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { Http, HttpOutcome, HttpRequest, OpenBody } from '../l402/http';
import { HangUp } from './hangUp';
import { leave, readBody } from './streamedBody';
import { transportFailure } from './transportFailure';

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
		if (cancelSignal?.aborted === true) return { kind: 'notSent', reason: 'the run was stopped' };
		const body = await wanted.streamedBody?.open().catch(() => null);
		if (body === null) return { kind: 'notSent', reason: 'the input picture cannot be read again' };
		const hangUp = new HangUp(wanted.timeoutMs, cancelSignal);
		return await hangUp
			.orAbort(request(requestOptions(wanted, body, settings, hangUp.signal)), leaveBody)
			.then(async (response) => await answerOf(response as IN8nHttpFullResponse, wanted, hangUp))
			.catch((cause: unknown): HttpOutcome => {
				if (hangUp.isStopped) return { kind: 'lost', reason: 'the run was stopped' };
				if (hangUp.isTimeUp) return { kind: 'lost', reason: 'no answer in time' };
				return transportFailure(cause);
			})
			.finally(() => {
				hangUp.end();
				body?.destroy();
			});
	};
}

function requestOptions(
	wanted: HttpRequest,
	streamedBody: OpenBody | undefined,
	settings: RequestSettings,
	abortSignal: AbortSignal,
): IHttpRequestOptions {
	const { caCertificate, ignoreSslIssues } = wanted;
	const body = streamedBody ?? wanted.body;
	return {
		...settings,
		method: wanted.method,
		url: wanted.url,
		headers: { ...wanted.headers, ...lengthHeader(wanted) },
		...(body === undefined ? {} : { body }),
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: wanted.followRedirects !== true,
		timeout: Math.ceil(wanted.timeoutMs),
		abortSignal,
		...(ignoreSslIssues === true ? { skipSslCertificateValidation: true } : {}),
		...(caCertificate === undefined ? {} : { agentOptions: { ca: caCertificate } }),
	};
}

/** Without it a stream is sent in chunks of no known number, which not every service takes. */
function lengthHeader({ streamedBody }: HttpRequest): Record<string, string> {
	return streamedBody === undefined ? {} : { 'Content-Length': String(streamedBody.length) };
}

async function answerOf(
	response: IN8nHttpFullResponse,
	wanted: HttpRequest,
	hangUp: HangUp,
): Promise<HttpOutcome> {
	const { statusCode: status } = response;
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(response.headers)) {
		headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value);
	}
	const isServed = status >= 200 && status < 300;
	const maxBytes = isServed ? wanted.maxBytes : (wanted.maxRefusalBytes ?? wanted.maxBytes);
	const { isLastLine, inPieces } = wanted;
	const measure = {
		maxBytes,
		...(isLastLine === undefined ? {} : { isLastLine }),
		...(inPieces === undefined || !isServed ? {} : { inPieces }),
	};
	if (isServed && Number(headers['content-length'] ?? 0) > maxBytes) {
		leave(response.body);
		return { kind: 'answer', status, headers, body: Buffer.alloc(0), isCut: true };
	}
	const read = await readBody(response.body, measure, hangUp.signal);
	return { kind: 'answer', status, headers, ...read };
}

/** Hangs up on an answer that comes too late: nobody reads it. */
function leaveBody(response: unknown): void {
	if (typeof response === 'object' && response !== null && 'body' in response) leave(response.body);
}
