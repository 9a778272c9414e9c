import type { IncomingMessage } from 'node:http';
import type { Arrival } from '../arrival';
import type { FaultPlace } from '../faults';
import { endpointOf, type Endpoint } from './endpoints';
import type { ServiceState } from './visit';

/** What a request at the service wants. */
export type Route =
	| { readonly kind: 'paid'; readonly endpoint: Endpoint }
	| { readonly kind: 'describe'; readonly endpoint: Endpoint }
	| { readonly kind: 'withdraw' | 'claim'; readonly chargeId: string }
	| { readonly kind: 'models' | 'jobStatus' | 'link' | 'unknown' };

export function routeOf({ method, path }: Arrival): Route {
	if (method === 'GET' && path === '/api/l402/models') return { kind: 'models' };
	if (method === 'GET' && path === '/api/l402/job-status') return { kind: 'jobStatus' };
	if (method === 'GET' && path.startsWith('/uploads/')) return { kind: 'link' };
	const refund = /^\/refund\/([0-9a-f]{24})(\/claim)?$/.exec(path);
	if (method === 'GET' && refund?.[1] !== undefined) {
		return { kind: refund[2] === undefined ? 'withdraw' : 'claim', chargeId: refund[1] };
	}
	const endpoint = endpointOf(path.replace(/^\/api\/l402\//, ''));
	if (endpoint === null || !path.startsWith('/api/l402/')) return { kind: 'unknown' };
	if (method === 'POST') return { kind: 'paid', endpoint };
	return method === 'GET' ? { kind: 'describe', endpoint } : { kind: 'unknown' };
}

export function placeOf(route: Route, authorized: boolean): FaultPlace | null {
	if (route.kind === 'paid') return authorized ? 'redeem' : 'ask';
	return route.kind === 'models' || route.kind === 'describe' || route.kind === 'unknown'
		? null
		: route.kind;
}

/** Writes down secrets that came along where they do not belong. */
export function noteLeaks(
	state: ServiceState,
	route: Route,
	request: IncomingMessage,
	path: string,
): void {
	const at = state.settings.now();
	if (request.headers['x-api-key'] !== undefined) {
		state.leaks.push({ where: 'service', header: 'x-api-key', path, at });
	}
	if (route.kind !== 'paid' && request.headers.authorization !== undefined) {
		const where = route.kind === 'link' ? 'link' : 'service';
		state.leaks.push({ where, header: 'authorization', path, at });
	}
}
