/** A column: its title, and whether it holds numbers. */
export interface Column {
	readonly title: string;
	readonly align: 'left' | 'right';
}

/** Lines of text in columns, with a rule under the titles. */
export function textTable(
	columns: readonly Column[],
	rows: ReadonlyArray<readonly string[]>,
): string {
	const titles = columns.map(({ title }) => title);
	const widths = columns.map((_, at) =>
		Math.max(...[titles, ...rows].map((row) => (row[at] ?? '').length)),
	);
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, at) => {
				const width = widths[at] ?? 0;
				return columns[at]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
			})
			.join('   ')
			.trimEnd();
	const rule = widths.map((width) => '─'.repeat(width)).join('   ');
	return [line(titles), rule, ...rows.map(line)].map((text) => `  ${text}\n`).join('');
}
