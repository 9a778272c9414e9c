import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { lineWatch } from '../../nodes/Sats4Ai/n8n/lineWatch';
import type { Http, HttpOutcome } from '../../nodes/Sats4Ai/l402/http';

/** `Http` over Node's own client, for tests that need no n8n. Follows no redirect. */
export const nodeHttp: Http = async (request) =>
	await new Promise((resolve) => {
		const url = new URL(request.url);
		const isTls = url.protocol === 'https:';
		let mayHaveLeft = false;
		const sent = (isTls ? tlsRequest : plainRequest)(url, {
			method: request.method,
			headers: {
				...request.headers,
				'content-length': Buffer.byteLength(request.body ?? ''),
			},
			agent: false,
			...(isTls && request.caCertificate !== undefined ? { ca: request.caCertificate } : {}),
			...(isTls && request.ignoreSslIssues === true ? { rejectUnauthorized: false } : {}),
		});
		const finish = (outcome: HttpOutcome) => {
			clearTimeout(timer);
			sent.destroy();
			resolve(outcome);
		};
		const giveUp = (reason: string) =>
			finish(mayHaveLeft ? { kind: 'lost', reason } : { kind: 'notSent', reason });
		const timer = setTimeout(() => giveUp('timeout'), request.timeoutMs);
		sent.on('socket', (socket) => {
			socket.once(isTls ? 'secureConnect' : 'connect', () => {
				mayHaveLeft = true;
			});
		});
		sent.on('error', (error) => giveUp(error.message));
		sent.on('response', (response) => {
			const chunks: Buffer[] = [];
			const hasLastLine = lineWatch(request.isLastLine);
			const answer = () => finish(toAnswer(response, chunks));
			response.on('error', (error) => giveUp(error.message));
			response.on('aborted', () => giveUp('aborted'));
			response.on('end', answer);
			response.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				if (hasLastLine?.(chunk) === true) answer();
			});
		});
		sent.end(request.body);
	});

function toAnswer(response: IncomingMessage, chunks: readonly Buffer[]): HttpOutcome {
	const headers = Object.fromEntries(
		Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
	);
	return { kind: 'answer', status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

/** The same client, for a user who waits no longer than this. */
export function impatient(http: Http, longestMs: number): Http {
	return async (request) =>
		await http({ ...request, timeoutMs: Math.min(request.timeoutMs, longestMs) });
}
