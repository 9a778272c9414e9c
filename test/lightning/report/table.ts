import type { BenchPlan } from '../benches/bench';
import { CANNOT } from '../cases/unless';
import type { Prepared } from '../prepare/prepared';

/** How one case of one wallet went. */
export interface CaseResult {
	/** What it was tried on: the title of a bench, or the name of a wallet in the contract suite. */
	readonly subject: string;
	readonly title: string;
	readonly passed: boolean;
	/** False where it was left out on purpose, by a jest option. */
	readonly ran: boolean;
	/** Why it cannot happen with this wallet; absent where it can. */
	readonly because?: string;
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
			subject: ancestorTitles[0] ?? '',
			...readTitle(title),
			passed: status === 'passed',
			ran: status === 'passed' || status === 'failed',
		}));
}

function readTitle(title: string): Pick<CaseResult, 'title' | 'because'> {
	const [row = '', because] = title.split(CANNOT);
	return because === undefined ? { title } : { title: row, because };
}

/** What cannot happen, and why: a line for each row and reason. */
export function reasons(results: readonly CaseResult[], plans: readonly Plan[]): string {
	const lines = results.flatMap(({ subject, title, because }) =>
		because !== undefined && plans.some((plan) => plan.title === subject)
			? [`${title}: cannot happen with ${subject}, ${because}`]
			: [],
	);
	return lines.join('\n');
}

type Plan = Pick<BenchPlan, 'title' | 'wallet' | 'kind' | 'missing'>;

/**
 * Cases down, wallets across; a cell says what the case ran against, or why it did not. A case that
 * the bench of a wallet does not have is one of the contract suite, on the wallet's emulator.
 */
export function table(
	results: readonly CaseResult[],
	plans: readonly Plan[],
	prepared: Prepared,
): string {
	const header = ['', ...plans.map(({ title }) => title)];
	const rows = casesOf(results, plans).map((name) => [
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

const NOT_TRIED = 'FAILED: not tried';

/** Those of the benches, then what only the contract suite has. */
function casesOf(results: readonly CaseResult[], plans: readonly Plan[]): string[] {
	const of = (subjects: readonly string[]) =>
		results.filter(({ subject }) => subjects.includes(subject)).map(({ title }) => title);
	const benches = plans.map(({ title }) => title);
	return [...new Set([...of(benches), ...of(plans.map(({ wallet }) => wallet))])];
}

function cell(
	results: readonly CaseResult[],
	plan: Plan,
	title: string,
	prepared: Prepared,
): string {
	const find = (subject: string) =>
		results.find((result) => result.subject === subject && result.title === title);
	const onBench = find(plan.title);
	const found = onBench ?? find(plan.wallet);
	const kind = onBench === undefined ? 'emulated' : plan.kind;
	if (found !== undefined) {
		if (!found.ran) return 'left out';
		if (found.because !== undefined && found.passed) return 'cannot happen';
		return found.passed ? kind : `FAILED (${kind})`;
	}
	const lack = plan.missing(prepared);
	if (lack === null) return NOT_TRIED;
	return `${lack.isBroken ? 'FAILED' : 'skipped'}: ${lack.missing}`;
}

/**
 * The last line, and how many failed. A wallet whose servers are missing counts as one, a cell with
 * nothing in it too.
 */
export function summary(
	results: readonly CaseResult[],
	plans: readonly Plan[],
	prepared: Prepared,
): { readonly text: string; readonly failed: number } {
	const ran = results.filter((result) => result.ran);
	const passed = ran.filter((result) => result.passed).length;
	const missing = plans.flatMap(({ title, missing: lackOf }) => {
		const lack = lackOf(prepared);
		return lack === null ? [] : [{ ...lack, text: `${title}, ${lack.missing}` }];
	});
	const broken = missing.filter(({ isBroken }) => isBroken).length;
	const holes = casesOf(results, plans).flatMap((title) =>
		plans.filter((plan) => cell(results, plan, title, prepared) === NOT_TRIED),
	);
	const failed = ran.length - passed + broken + holes.length;
	const skipped = results.length - ran.length + missing.length - broken;
	const names = missing.length === 0 ? '' : `: ${missing.map(({ text }) => text).join('; ')}`;
	return { text: `${passed} passed, ${failed} failed, ${skipped} skipped${names}`, failed };
}
