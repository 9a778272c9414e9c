import { nodeHttp } from '../../wallets/nodeHttp';

/** A JSON answer of LND. Whoever reads it knows its form from LND's own documentation. */
export type Json = Record<string, unknown>;

export interface LndCall {
	/** For messages. */
	readonly alias: string;
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly body?: Json;
	/** Hex, or empty. */
	readonly macaroon: string;
	/** PEM. */
	readonly certificate: string;
	readonly timeoutMs: number;
}

/** One call to LND's REST API. Throws where the answer is not 200. */
export async function callLnd(call: LndCall): Promise<Json> {
	const { alias, method, url, body, macaroon, certificate, timeoutMs } = call;
	const outcome = await nodeHttp({
		method,
		url,
		headers: { 'grpc-metadata-macaroon': macaroon },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
		timeoutMs,
		maxBytes: 4 * 1024 * 1024,
		caCertificate: certificate,
	});
	const { pathname } = new URL(url);
	if (outcome.kind !== 'answer') throw new Error(`${alias} ${pathname}: ${outcome.reason}`);
	const text = outcome.body.toString('utf8');
	if (outcome.status !== 200) throw new Error(`${alias} ${pathname}: ${text}`);
	return JSON.parse(text) as Json;
}
