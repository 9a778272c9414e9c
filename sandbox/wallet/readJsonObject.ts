function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object in a JSON body; null for anything else. */
export function readJsonObject(body: Buffer): Readonly<Record<string, unknown>> | null {
	const value = parse(body.toString('utf8'));
	return isRecord(value) ? value : null;
}
