/** Rows of equal length as text columns; all but the first are aligned to the right. */
export function textTable(rows: ReadonlyArray<readonly string[]>): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => row[column]?.length ?? 0)),
	);
	return rows
		.map((row) =>
			row
				.map((text, column) =>
					column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
				)
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

/** The same as Markdown; the first row is the head. */
export function markdownTable(rows: ReadonlyArray<readonly string[]>): string {
	const [head = [], ...body] = rows;
	const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
	return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
