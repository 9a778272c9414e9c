import type { FaultAt, FaultPlace, StatusFault } from './faults';

/** What stands behind a kind: `value` for the part after its `=`, the others by their keys. */
export type Values = ReadonlyMap<string, string>;
/** Makes the fault of one kind out of its values; null where they do not fit. */
export type Reader<F> = (values: Values) => F | null;
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
	const refundSat = numberOf(values, 'refundSat');
	const refundLink = values.get('refundLink');
	return {
		kind: 'status',
		status: code,
		...(retryAfter === undefined ? {} : { retryAfter }),
		...(challenge === undefined ? {} : { challenge }),
		...(errorCode === undefined ? {} : { errorCode }),
		...(message === undefined ? {} : { message }),
		refund: values.get('refund') === 'true',
		...(refundSat === undefined ? {} : { refundSat }),
		...(refundLink === undefined ? {} : { refundLink }),
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

/** Every fault that can be named. */
export const readers: { [P in FaultPlace]: Readers<P> } = {
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
	withdraw: {
		...transport,
		limits: (values) => {
			const [minMsat, maxMsat] = [numberOf(values, 'min'), numberOf(values, 'max')];
			return minMsat === undefined || maxMsat === undefined
				? null
				: { kind: 'limits', minMsat, maxMsat };
		},
	},
	claim: {
		...transport,
		error: (values) => {
			const reason = values.get('value');
			return { kind: 'error', ...(reason === undefined ? {} : { reason }) };
		},
		lie: () => ({ kind: 'lie' }),
		cutAfter,
		hangAfter,
	},
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
	makeInvoice: { ...transport, unauthorized },
	lookup: { ...transport, unauthorized },
	list: { ...transport, unauthorized },
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
