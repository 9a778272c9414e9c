/** A line longer than this is no news of a payment, and is not looked at before it ends. */
const LONGEST_UNFINISHED = 32_768;
const LINE_BREAK = 0x0a;

/**
 * Watches the lines of a stream, chunk by chunk, for the last one that is wanted. The line that has
 * not ended yet is looked at too: some servers send no line break and stay connected.
 */
export function lineWatch(
	isLastLine: ((line: string) => boolean) | undefined,
): ((chunk: Buffer) => boolean) | undefined {
	if (isLastLine === undefined) return undefined;
	let unfinished: Buffer[] = [];
	return (chunk) => {
		const end = chunk.lastIndexOf(LINE_BREAK);
		if (end >= 0) {
			const lines = text([...unfinished, chunk.subarray(0, end)]).split('\n');
			unfinished = [];
			if (lines.some(isLastLine)) return true;
		}
		unfinished.push(chunk.subarray(end + 1));
		const length = unfinished.reduce((sum, part) => sum + part.length, 0);
		return length <= LONGEST_UNFINISHED && isLastLine(text(unfinished));
	};
}

function text(parts: readonly Buffer[]): string {
	return Buffer.concat(parts).toString('utf8');
}
