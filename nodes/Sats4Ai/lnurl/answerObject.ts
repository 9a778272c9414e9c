const LONGEST_REASON = 200;

/** The JSON object of an LNURL answer; an empty one for anything else. Never throws. */
export function answerObject(body: Buffer): Readonly<Record<string, unknown>> {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
	} catch {
		return {};
	}
}

/** Why the service says no (LUD-01: `{"status":"ERROR","reason":"…"}`); null where it does not. */
export function refusalIn(answer: Readonly<Record<string, unknown>>): string | null {
	if (typeof answer.status !== 'string' || answer.status.toUpperCase() !== 'ERROR') return null;
	const reason = typeof answer.reason === 'string' ? answer.reason : '';
	const line = reason.replace(/[\s\p{Cc}]+/gu, ' ').trim();
	return line === '' ? 'no reason given' : line.slice(0, LONGEST_REASON);
}
