/**
 * Reads the text that n8n stores executions as: a JSON list in which every string is either the
 * place of another entry of the list or, as an entry itself, a string.
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const resolved = new Map<number, unknown>();
	const resolve = (index: number): unknown => {
		if (resolved.has(index)) return resolved.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const result: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		resolved.set(index, result);
		for (const [key, value] of Object.entries(entry)) {
			Object.assign(result, { [key]: typeof value === 'string' ? resolve(Number(value)) : value });
		}
		return result;
	};
	return resolve(0);
}
