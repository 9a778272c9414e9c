import type { BenchPlan } from '../benches/bench';
import type { Prepared } from '../prepare/prepared';

/** How one case of one wallet went. */
export interface CaseResult {
	readonly row: string;
	readonly column: string;
	readonly passed: boolean;
	/** False where it was left out on purpose, by a jest option. */
	readonly ran: boolean;
}

/** Reads what jest writes with `--json`. */
export function readResults(text: string): CaseResult[] {
	const { testResults } = JSON.parse(text) as {
		testResults: ReadonlyArray<{
			readonly assertionResults: ReadonlyArray<{
				readonly ancestorTitles: readonly string[];
				readonly title: string;
				readonly status: string;
			}>;
		}>;
	};
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.map(({ ancestorTitles, title, status }) => ({
			row: ancestorTitles[0] ?? '',
			column: title,
			passed: status === 'passed',
			ran: status === 'passed' || status === 'failed',
		}));
}

/** Cases down, wallets across; a cell says what the case ran against, or why it did not. */
export function table(
	results: readonly CaseResult[],
	plans: readonly BenchPlan[],
	prepared: Prepared,
): string {
	const cases = [...new Set(results.map(({ column }) => column))];
	const header = ['', ...plans.map(({ title }) => title)];
	const rows = cases.map((name) => [
		name,
		...plans.map((plan) => cell(results, plan, name, prepared)),
	]);
	const widths = header.map((_, at) =>
		Math.max(...[header, ...rows].map((row) => (row[at] ?? '').length)),
	);
	return [header, ...rows]
		.map((row) =>
			row
				.map((text, at) => text.padEnd(widths[at] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function cell(
	results: readonly CaseResult[],
	plan: BenchPlan,
	column: string,
	prepared: Prepared,
): string {
	const lack = plan.missing(prepared);
	if (lack !== null) return `${lack.isBroken ? 'FAILED' : 'skipped'}: ${lack.missing}`;
	const found = results.find((result) => result.row === plan.title && result.column === column);
	if (found === undefined || !found.ran) return 'left out';
	return found.passed ? plan.kind : `FAILED (${plan.kind})`;
}

/** The last line, and how many failed. A wallet whose servers are missing counts as one. */
export function summary(
	results: readonly CaseResult[],
	plans: readonly BenchPlan[],
	prepared: Prepared,
): { readonly text: string; readonly failed: number } {
	const ran = results.filter((result) => result.ran);
	const passed = ran.filter((result) => result.passed).length;
	const missing = plans.flatMap((plan) => {
		const lack = plan.missing(prepared);
		return lack === null ? [] : [{ title: plan.title, ...lack }];
	});
	const broken = missing.filter(({ isBroken }) => isBroken).length;
	const failed = ran.length - passed + broken;
	const skipped = results.length - ran.length + missing.length - broken;
	const reasons = missing.map((lack) => `${lack.title}: ${lack.missing}`).join('; ');
	const why = missing.length === 0 ? '' : `Not tested on this machine: ${reasons}.\n`;
	return { text: `${why}${passed} passed, ${failed} failed, ${skipped} skipped`, failed };
}
