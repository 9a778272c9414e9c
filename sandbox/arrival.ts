import type { IncomingMessage } from 'node:http';

/** Where a request wants to go, and the faults it asks for. */
export interface Arrival {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	/** `http://host:port` as the client reached it, also through a proxy that ends TLS. */
	readonly origin: string;
	/** See `faultText.ts`; empty where none is named. */
	readonly faultText: string;
}

export function readArrival(request: IncomingMessage): Arrival {
	const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
	const origin = `${scheme}://${request.headers.host ?? 'localhost'}`;
	const url = new URL(request.url ?? '/', 'http://localhost');
	const [, prefix = '', path = '/'] = /^(?:\/fault\/([^/]+))?(\/.*)$/.exec(url.pathname) ?? [];
	const header = request.headers['x-sandbox-fault'];
	const named = [
		decodeURIComponent(prefix),
		url.searchParams.get('fault') ?? '',
		typeof header === 'string' ? header : '',
	];
	return {
		method: request.method ?? 'GET',
		path,
		query: url.searchParams,
		origin,
		faultText: named.filter((text) => text !== '').join(','),
	};
}
