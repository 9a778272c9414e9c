/**
 * Reads a wallet's answer without trusting it: whatever is missing or of another type comes out as
 * an empty value, never as an exception.
 */

export { asObject, isObject, parseJson, type JsonObject } from '../l402/json';

export function asArray(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The text itself, or '' for anything else. */
export function asText(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** A whole number given as a JSON number or as digits in a string; null for anything else. */
export function asInteger(value: unknown): bigint | null {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
	if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return BigInt(value);
	return null;
}

/** The size of an amount, whatever its sign: some wallets write what leaves as a negative. */
export function asAmount(value: unknown): bigint | null {
	const amount = asInteger(value);
	if (amount === null) return null;
	return amount < 0n ? -amount : amount;
}

/** A preimage as the wallet gave it, or null where it gave none. It is proven elsewhere. */
export function asPreimage(value: unknown): string | null {
	const text = asText(value).trim();
	return text === '' ? null : text;
}
