import type { LedgerEntry } from '../sandbox/ledger';
import type { PlannedStep } from './plan';

/** Where the lines go: a terminal, where a line may be drawn again, or a file. */
export interface Screen {
	readonly isTTY?: boolean;
	write(text: string): unknown;
}

const REDRAW = '\r\x1b[2K';

/**
 * A line for each step of the workflow, told from the books of the service: what it asked, what
 * was paid, what it delivered. In a terminal the line of the step at work grows.
 */
export class Progress {
	private shown = 0;
	private startedAt = Date.now();

	private ledger: readonly LedgerEntry[] = [];

	constructor(
		readonly plan: readonly PlannedStep[],
		private readonly screen: Screen,
	) {}

	/** From here on the lines tell what stands in these books. */
	follow(ledger: readonly LedgerEntry[]): void {
		this.ledger = ledger;
	}

	/** To be called whenever something may have happened. */
	update(): void {
		const begun = this.plan.filter((step) => this.entriesOf(step).length > 0).length;
		while (this.shown < begun - 1) this.endLine();
		if (this.screen.isTTY === true && begun > this.shown) this.screen.write(REDRAW + this.line());
	}

	/** Ends the line of the last step. */
	end(): void {
		this.update();
		if (this.ledger.length > 0) this.endLine();
	}

	private endLine(): void {
		const redraw = this.screen.isTTY === true ? REDRAW : '';
		this.screen.write(`${redraw}${this.line()}   ${duration(Date.now() - this.startedAt)}\n`);
		this.shown += 1;
		this.startedAt = Date.now();
	}

	private line(): string {
		const step = this.plan[this.shown];
		if (step === undefined) return '';
		const entries = this.entriesOf(step);
		const sats = (entries[0]?.priceMsat ?? 0) / 1000;
		const many = entries.length === 1 ? '' : `${entries.length} × `;
		const events = [
			`asked ${many}${sats} sats`,
			count(entries, 'paid', ({ paidAt }) => paidAt !== null),
			count(entries, 'delivered', ({ deliveredAt }) => deliveredAt !== null),
		];
		const position = `${this.shown + 1}/${this.plan.length}`;
		return `  ${position}  ${step.title.padEnd(this.titleWidth)}${events.filter((event) => event !== '').join(' · ')}`;
	}

	private get titleWidth(): number {
		return Math.max(...this.plan.map(({ title }) => title.length)) + 2;
	}

	private entriesOf({ operation }: PlannedStep): LedgerEntry[] {
		return this.ledger.filter((entry) => entry.operation === operation);
	}
}

/** `paid`, or `2 paid` where there are several entries, or nothing where it holds for none. */
function count(
	entries: readonly LedgerEntry[],
	word: string,
	holds: (entry: LedgerEntry) => boolean,
): string {
	const number = entries.filter(holds).length;
	if (number === 0) return '';
	return entries.length === 1 ? word : `${number} ${word}`;
}

/** A duration for people: `41 ms`, `1.3 s`. */
export function duration(ms: number): string {
	return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
