/** Every text that can be reached from a value, also where JSON and `Object.keys` do not look. */
export function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (Buffer.isBuffer(value)) return [value.toString('latin1')];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (value instanceof Map || value instanceof Set) return textsIn([...value], seen);
	return Reflect.ownKeys(value).flatMap((key) => [
		String(key),
		...textsIn(Reflect.getOwnPropertyDescriptor(value, key)?.value, seen),
	]);
}

/** The secrets that stand in it, plain, spaced out, turned around or as base64. */
export function secretsIn(value: unknown, secrets: readonly string[]): string[] {
	const text = textsIn(value).join('\n');
	const writings = (secret: string): string[] => [
		secret,
		[...secret].join(' '),
		[...secret].reverse().join(''),
		Buffer.from(secret).toString('base64'),
		encodeURIComponent(secret),
	];
	return secrets.filter((secret) => writings(secret).some((writing) => text.includes(writing)));
}
