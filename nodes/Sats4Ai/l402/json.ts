/** Reads JSON that somebody else wrote: what is none comes out empty, never as an exception. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The parsed JSON, or undefined where the text is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether it is an object, and neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object itself, or an empty one for anything else. */
export function asObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
