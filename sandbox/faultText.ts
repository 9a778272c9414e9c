import { readers, type Reader } from './faultReaders';
import type { FaultAt, FaultPlace } from './faults';

/**
 * Faults named in a request: header `X-Sandbox-Fault`, query `?fault=`, or a base URL that ends in
 * `/fault/<text>`, for programs that can only be given a base URL.
 *
 *     redeem:status=503;retryAfter=2*3
 *     place  kind=value;key=value   *times for each body (without it: always)
 *
 * Several are separated by commas.
 */
export interface NamedFault<P extends FaultPlace> {
	readonly text: string;
	readonly fault: FaultAt<P>;
	readonly times: number;
}

export function isPlace(text: string): text is FaultPlace {
	return Object.keys(readers).includes(text);
}

/** A text that names no fault is answered with 400 and this, so that a typing error shows. */
export class UnknownFault extends Error {
	constructor(text: string) {
		const known = Object.entries(readers).map(
			([place, kinds]) => `${place}: ${Object.keys(kinds).join(' ')}`,
		);
		super(`The sandbox has no fault "${text}". Known are:\n${known.join('\n')}\n`);
	}
}

function readOne<P extends FaultPlace>(at: P, text: string): NamedFault<P> {
	const [, body = '', times] = /^(.*?)(?:\*(\d+))?$/.exec(text) ?? [];
	const [head = '', ...rest] = body.split(';');
	const [kind = '', ...value] = head.split('=');
	const values = new Map<string, string>();
	if (value.length > 0) values.set('value', value.join('='));
	for (const pair of rest) {
		const [key = '', ...more] = pair.split('=');
		values.set(key, more.join('='));
	}
	const reader = new Map<string, Reader<FaultAt<P>>>(Object.entries(readers[at])).get(kind);
	const fault = reader?.(values) ?? null;
	if (fault === null) throw new UnknownFault(`${at}:${text}`);
	return { text: `${at}:${text}`, fault, times: times === undefined ? Infinity : Number(times) };
}

/** The faults of one place out of a text that may name several. Throws `UnknownFault`. */
export function readFaults<P extends FaultPlace>(text: string, at: P): readonly NamedFault<P>[] {
	const found: NamedFault<P>[] = [];
	for (const part of text.split(',').map((piece) => piece.trim())) {
		if (part === '') continue;
		const colon = part.indexOf(':');
		const place = part.slice(0, Math.max(colon, 0));
		if (!isPlace(place)) throw new UnknownFault(part);
		if (place === at) found.push(readOne(at, part.slice(colon + 1)));
	}
	return found;
}
