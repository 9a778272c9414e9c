/** An object out of a saved execution, whose keys may hold whatever somebody wrote there. */
export type Entry = Readonly<Record<string, unknown>>;

/** Far more than all bitcoin there will ever be, in thousandths of a sat. */
const MOST_DIGITS = 19;

/**
 * A copy in plain JSON: without getters, prototypes and strangers' references, whoever made it. Null
 * where it is no object, has no JSON, or has too much of it.
 */
export function plainEntry(value: unknown, maxLength: number): Entry | null {
	try {
		const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : undefined;
		if (text === undefined || text.length > maxLength) return null;
		const copy: unknown = JSON.parse(text);
		return typeof copy === 'object' && copy !== null && !Array.isArray(copy) ? { ...copy } : null;
	} catch {
		return null;
	}
}

export function textIn(value: unknown, maxLength: number): string | null {
	return typeof value === 'string' && value.length <= maxLength ? value : null;
}

/** An amount of msat, 0 or more, as decimal digits. */
export function decimalIn(value: unknown): string | null {
	const text = textIn(value, MOST_DIGITS);
	return text !== null && /^\d+$/.test(text) ? text : null;
}

/** Milliseconds since 1970. */
export function timeIn(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}
