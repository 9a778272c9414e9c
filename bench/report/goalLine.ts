/** A goal, and what was measured. */
export interface GoalLine {
	readonly what: string;
	readonly goal: string;
	readonly figure: string;
	readonly isMet: boolean;
}

export function ratioLine(what: string, atMost: number, ratio: number): GoalLine {
	return line(what, `≤ ${atMost.toFixed(2)}`, ratio, ratio.toFixed(3), atMost);
}

export function msLine(what: string, atMost: number, ms: number): GoalLine {
	return line(what, `≤ ${atMost} ms`, ms, `${ms.toFixed(1)} ms`, atMost);
}

export function line(
	what: string,
	goal: string,
	value: number,
	figure: string,
	atMost: number,
): GoalLine {
	const isMet = value <= atMost;
	return { what, goal, figure: Number.isNaN(value) ? 'not measured' : figure, isMet };
}

export function round(value: number): string {
	return value < 10 ? value.toFixed(1) : String(Math.round(value));
}
