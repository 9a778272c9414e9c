import type { FaultAt, FaultPlace, StatusFault } from './faults';

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

type Values = ReadonlyMap<string, string>;
/** Makes the fault of one kind out of its values; null where they do not fit. */
type Reader<F> = (values: Values) => F | null;
type Readers<P extends FaultPlace> = { [K in FaultAt<P>['kind']]: Reader<FaultAt<P>> };

function numberOf(values: Values, key: string): number | undefined {
	const text = values.get(key);
	return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function oneOf<T extends string>(
	values: Values,
	key: string,
	allowed: readonly T[],
): T | undefined {
	return allowed.find((choice) => choice === values.get(key));
}

function status(values: Values): StatusFault | null {
	const code = numberOf(values, 'value');
	if (code === undefined || code < 200 || code > 599) return null;
	const retryAfter = values.get('retryAfter') === 'date' ? 'date' : numberOf(values, 'retryAfter');
	const challenge = oneOf(values, 'challenge', ['same', 'fresh']);
	const errorCode = values.get('errorCode');
	const message = values.get('message');
	return {
		kind: 'status',
		status: code,
		...(retryAfter === undefined ? {} : { retryAfter }),
		...(challenge === undefined ? {} : { challenge }),
		...(errorCode === undefined ? {} : { errorCode }),
		...(message === undefined ? {} : { message }),
		refund: values.get('refund') === 'true',
		afterWork: values.get('afterWork') === 'true',
	};
}

const transport = {
	cutBeforeReading: () => ({ kind: 'cutBeforeReading' }) as const,
	cut: () => ({ kind: 'cut' }) as const,
	hang: () => ({ kind: 'hang' }) as const,
	status,
	empty: () => ({ kind: 'empty' }) as const,
	garbage: () => ({ kind: 'garbage' }) as const,
	html: () => ({ kind: 'html' }) as const,
	redirect: (values: Values) => {
		const location = values.get('value');
		return { kind: 'redirect', ...(location === undefined ? {} : { location }) } as const;
	},
};

const unauthorized = () => ({ kind: 'unauthorized' }) as const;
const truncatedImage = () => ({ kind: 'truncatedImage' }) as const;
const cutAfter = () => ({ kind: 'cutAfter' }) as const;
const hangAfter = () => ({ kind: 'hangAfter' }) as const;

const readers: { [P in FaultPlace]: Readers<P> } = {
	ask: {
		...transport,
		noChallenge: () => ({ kind: 'noChallenge' }),
		foreignScheme: () => ({ kind: 'foreignScheme' }),
		brokenHeader: (values) => {
			const header = values.get('value');
			return { kind: 'brokenHeader', ...(header === undefined ? {} : { header }) };
		},
		amountless: () => ({ kind: 'amountless' }),
		network: (values) => {
			const network = oneOf(values, 'value', ['mainnet', 'testnet', 'signet', 'regtest']);
			return network === undefined ? null : { kind: 'network', network };
		},
		expired: () => ({ kind: 'expired' }),
		baitAndSwitch: () => ({ kind: 'baitAndSwitch' }),
		badChecksum: () => ({ kind: 'badChecksum' }),
		garbageInvoice: () => ({ kind: 'garbageInvoice' }),
		priceTimes: (values) => {
			const factor = numberOf(values, 'value');
			return factor === undefined ? null : { kind: 'priceTimes', factor };
		},
		freeAnswer: () => ({ kind: 'freeAnswer' }),
		challengeWith401: () => ({ kind: 'challengeWith401' }),
	},
	redeem: {
		...transport,
		cutAfter,
		hangAfter,
		slowDrip: (values) => ({
			kind: 'slowDrip',
			pieces: numberOf(values, 'value') ?? 20,
			stepMs: numberOf(values, 'stepMs') ?? 50,
		}),
		truncatedImage,
		job: (values) => ({
			kind: 'job',
			polls: numberOf(values, 'value') ?? 1,
			then: oneOf(values, 'then', ['COMPLETED', 'FAILED']) ?? 'COMPLETED',
		}),
	},
	link: { ...transport, truncatedImage },
	jobStatus: { ...transport, truncatedImage },
	pay: {
		...transport,
		unauthorized,
		pending: (values) => ({
			kind: 'pending',
			lookups: numberOf(values, 'value') ?? 2,
			then: oneOf(values, 'then', ['success', 'failed']) ?? 'success',
		}),
		cutAfter,
		hangAfter,
		failed: () => ({ kind: 'failed' }),
		insufficient: () => ({ kind: 'insufficient' }),
		noRoute: () => ({ kind: 'noRoute' }),
		preimage: (values) => {
			const preimage = oneOf(values, 'value', ['null', 'zeros', 'wrong', 'missing']);
			if (preimage === undefined) return null;
			const onLookup = oneOf(values, 'onLookup', ['right', 'same']) ?? 'right';
			return { kind: 'preimage', preimage, onLookup };
		},
		lie: (values) => ({
			kind: 'lie',
			preimage: oneOf(values, 'value', ['madeUp', 'real']) ?? 'madeUp',
		}),
	},
	lookup: { ...transport, unauthorized },
	feeReserve: {
		...transport,
		unauthorized,
		amount: (values) => {
			const msat = numberOf(values, 'value');
			return msat === undefined ? null : { kind: 'amount', msat };
		},
	},
	wallet: { ...transport, unauthorized },
};

const faultPlaces: readonly string[] = Object.keys(readers);

function isPlace(text: string): text is FaultPlace {
	return faultPlaces.includes(text);
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
