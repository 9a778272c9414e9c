export type Result = 'passed' | 'failed' | 'skipped';

/** One line for each scenario, one column for each version. */
export function table(
	versions: readonly string[],
	results: ReadonlyMap<string, ReadonlyMap<string, Result>>,
): string {
	const widest = Math.max(8, ...[...results.keys()].map((name) => name.length));
	const columns = versions.map((version) => Math.max(version.length, 'skipped'.length));
	const line = (name: string, cells: readonly string[]): string =>
		`${name.padEnd(widest)}  ${cells.map((cell, at) => cell.padEnd(columns[at] ?? 0)).join('  ')}`;
	const rows = [...results].map(([name, byVersion]) =>
		line(
			name,
			versions.map((version) => byVersion.get(version) ?? 'skipped'),
		),
	);
	const head = line(
		'scenario',
		versions.map((version) => version),
	);
	return [
		head,
		line(
			'-'.repeat(widest),
			columns.map((width) => '-'.repeat(width)),
		),
		...rows,
	]
		.map((row) => row.trimEnd())
		.join('\n');
}
