import type { IExecuteSingleFunctions } from 'n8n-workflow';
import { ALL_SAT } from '../bolt11/prefix';
import { asNumber } from '../purchase/service/bodyLimits';
import { PurchaseFailure } from '../purchase/report/failure';

/** What the node's parameters say of one item, checked. */
export interface Settings {
	readonly payment: 'wallet' | 'invoiceOnly' | 'payQuote' | 'redeem';
	/** Without a trailing slash. */
	readonly serviceUrl: string;
	readonly maxPriceMsat: bigint;
	readonly maxFeeMsat: bigint;
	/** null: no limit. */
	readonly maxTotalMsat: bigint | null;
	readonly paymentTimeoutMs: number;
	readonly requestTimeoutMs: number;
	readonly outputField: string;
	/** Empty: made from the input's name. */
	readonly fileName: string;
	readonly skipDedup: boolean;
	/** Whether the wallet takes back what a failed call has cost. */
	readonly claimRefunds: boolean;
}

/** Beyond this a number of seconds is a slip, not a wish. */
const MOST_SECONDS = 7 * 24 * 60 * 60;

/** Reads and checks the parameters; throws `INPUT_INVALID`, before any request. */
export function readSettings(ctx: IExecuteSingleFunctions): Settings {
	const payment = oneOf(ctx.getNodeParameter('payment', 'wallet'), [
		'wallet',
		'invoiceOnly',
		'payQuote',
		'redeem',
	]);
	const options = optionsOf(ctx);
	return {
		payment,
		serviceUrl: readServiceUrl(options),
		maxPriceMsat:
			payment === 'wallet' || payment === 'payQuote'
				? msat('Max Price (Sats)', ctx.getNodeParameter('maxPriceSat'))
				: 0n,
		maxFeeMsat: msat('Max Fee (Sats)', given(options, 'maxFeeSat', 10)),
		maxTotalMsat: readMaxTotalMsat(ctx, given(options, 'maxTotalSat', 0)),
		paymentTimeoutMs: timeoutMs('Payment Timeout (Seconds)', options.paymentTimeout ?? 60),
		requestTimeoutMs: timeoutMs('Request Timeout (Seconds)', options.requestTimeout ?? 300),
		outputField: text('Put Output File in Field', options.binaryPropertyOutput, 'data'),
		fileName: text('File Name', options.fileName, ''),
		skipDedup: isOn(options.skipDedup),
		claimRefunds: isOn(options.claimRefunds),
	};
}

/** How many items may be in work at once: 1 to 100, 3 where nothing sensible is set. */
export function readConcurrency(ctx: IExecuteSingleFunctions): number {
	const wanted = asNumber(optionsOf(ctx).concurrency) ?? 3;
	return Math.min(100, Math.max(1, Math.floor(wanted)));
}

function optionsOf(ctx: IExecuteSingleFunctions): Record<string, unknown> {
	const options: unknown = ctx.getNodeParameter('options', {});
	return typeof options === 'object' && options !== null ? { ...options } : {};
}

/** An option that was chosen but came out empty is a mistake: no default may take a limit's place. */
function given(options: Record<string, unknown>, name: string, fallback: unknown): unknown {
	return name in options ? options[name] : fallback;
}

/** An expression may come out as text. */
function isOn(value: unknown): boolean {
	return value === true || value === 'true';
}

/** The service's address out of the options, without a trailing slash; throws `INPUT_INVALID`. */
export function readServiceUrl(options: Record<string, unknown>): string {
	const value = given(options, 'baseUrl', 'https://sats4ai.com');
	const url = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
	const hint = 'Give an address like https://sats4ai.com.';
	if (!URL.canParse(url) || !/^https?:\/\//i.test(url)) {
		throw invalid("'Base URL' is no http or https address", hint);
	}
	// A path is added at its end. A user name would take the place of the proof of payment.
	const { username, password } = new URL(url);
	if (/[?#]/.test(url) || username !== '' || password !== '') {
		throw invalid("'Base URL' holds more than a host and a path", hint);
	}
	return url;
}

/**
 * What is left of a budget may come out as nothing, and must not mean *no limit*: only a 0 that
 * somebody has typed does.
 */
function readMaxTotalMsat(ctx: IExecuteSingleFunctions, value: unknown): bigint | null {
	const label = 'Max Total (Sats)';
	const limitMsat = msat(label, value);
	if (asNumber(value) !== 0) return limitMsat;
	const typed: unknown = ctx.getNode().parameters.options;
	const raw: unknown =
		typeof typed === 'object' && typed !== null ? Reflect.get(typed, 'maxTotalSat') : typed;
	if (raw === undefined || Number(raw) === 0) return null;
	throw invalid(
		`'${label}' comes out of its expression as 0`,
		'Only a typed 0 means no limit. Where nothing is left to spend, do not run this node.',
	);
}

function msat(label: string, value: unknown): bigint {
	const sat = asNumber(value);
	if (sat !== null && sat >= 0 && sat <= ALL_SAT) return BigInt(Math.floor(sat * 1000));
	throw invalid(`'${label}' is no amount in sats`, 'Give a number, 0 or more.');
}

function timeoutMs(label: string, value: unknown): number {
	const seconds = asNumber(value);
	if (seconds !== null && seconds > 0 && seconds <= MOST_SECONDS) return seconds * 1000;
	throw invalid(`'${label}' is no time in seconds`, 'Give a number above 0.');
}

function text(label: string, value: unknown, fallback: string): string {
	if (value === undefined || value === null || value === '') return fallback;
	if (typeof value === 'string') return value.trim() === '' ? fallback : value.trim();
	throw invalid(`'${label}' is no text`, 'Give a name.');
}

function oneOf<Value extends string>(value: unknown, values: readonly Value[]): Value {
	const found = values.find((allowed) => allowed === value);
	if (found !== undefined) return found;
	throw invalid("'Payment' is none of its choices", `Choose one of: ${values.join(', ')}.`);
}

function invalid(message: string, hint: string): PurchaseFailure {
	return new PurchaseFailure('INPUT_INVALID', message, `${hint} Nothing was sent or paid.`);
}
