import { read, spans, tableRows } from './markdown';

/**
 * The tables of rules name, in one row, files of the sources, functions in them, and tests by file
 * and title. What is named must be there: a rule whose place has moved is as bad as none.
 */
const DOCUMENTS = ['docs/money.md', 'docs/architecture.md'];

const SOURCE = /^(?:nodes|credentials)\/[\w./-]+\.ts$/;
const TEST = /^test\/[\w./-]+\.ts$/;
const FUNCTION = /^[a-zA-Z]\w+$/;

interface Rule {
	readonly row: string;
	readonly sources: readonly string[];
	readonly functions: readonly string[];
	readonly tests: readonly string[];
	readonly titles: readonly string[];
}

function rulesOf(document: string): Rule[] {
	return tableRows(read(document))
		.map((cells) => {
			const row = cells.join(' | ');
			const named = spans(row);
			return {
				row,
				sources: named.filter((span) => SOURCE.test(span)),
				functions: spans(cells.slice(1).join(' | ')).filter((span) => FUNCTION.test(span)),
				tests: named.filter((span) => TEST.test(span)),
				titles: [...row.matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? ''),
			};
		})
		.filter(({ sources, tests }) => sources.length + tests.length > 0);
}

const rules = DOCUMENTS.flatMap(rulesOf);

test('there are rules to check', () => {
	expect(rules.length).toBeGreaterThan(15);
	expect(rules.flatMap(({ functions }) => functions).length).toBeGreaterThan(15);
});

/** Whether a function, class, constant or method of this name is declared in the text. */
function declares(text: string, name: string): boolean {
	const declaration = `(?:function\\*?|class|const|get) ${name}\\b|^\\t+(?:private |async )*${name}[(<]`;
	return new RegExp(declaration, 'm').test(text);
}

test.each(rules.map((rule) => [rule.row, rule] as const))('%s', (_, rule) => {
	const sources = rule.sources.map(read).join('\n');
	const tests = rule.tests.map(read).join('\n');
	expect(rule.functions.filter((name) => !declares(sources, name))).toEqual([]);
	expect(rule.titles.filter((title) => !tests.includes(title))).toEqual([]);
});
