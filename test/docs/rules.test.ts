import { listItems, read, section, spans, tableRows } from './markdown';

/**
 * docs/money.md has lists of rules, each with lines that begin with `where:` and `held by:`;
 * docs/architecture.md has tables. Both name files of the sources, functions in them, and tests by
 * file and title. What is named must be there: a rule whose place has moved is as bad as none.
 */
const MONEY = read('docs/money.md');
const LONGEST_LINE = 125;

const SOURCE = /^(?:nodes|credentials)\/[\w./-]+\.ts$/;
const TEST = /^test\/[\w./-]+\.ts$/;
const FUNCTION = /^[a-zA-Z]\w+$/;

interface Rule {
	readonly text: string;
	readonly sources: readonly string[];
	readonly functions: readonly string[];
	readonly tests: readonly string[];
	readonly titles: readonly string[];
}

/** @param places What comes after the text: where the rule stands and what holds it. */
function ruleOf(text: string, places: string): Rule {
	const named = spans(`${text} ${places}`);
	return {
		text,
		sources: named.filter((span) => SOURCE.test(span)),
		functions: spans(places).filter((span) => FUNCTION.test(span)),
		tests: named.filter((span) => TEST.test(span)),
		titles: [...places.matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? ''),
	};
}

const PLACE = /^(?:where|held by): /;
const moneyRules = listItems(MONEY)
	.filter(({ text }) => !PLACE.test(text))
	.map(({ text, inner }) => ruleOf(text, inner.filter((line) => PLACE.test(line)).join('\n')))
	.filter(({ sources, tests }) => sources.length + tests.length > 0);
const architectureRules = tableRows(read('docs/architecture.md'))
	.map(([text = '', ...cells]) => ruleOf(text, cells.join(' | ')))
	.filter(({ sources, tests }) => sources.length + tests.length > 0);
const rules = [...moneyRules, ...architectureRules];

test('there are rules to check', () => {
	expect(rules.length).toBeGreaterThan(15);
	expect(rules.flatMap(({ functions }) => functions).length).toBeGreaterThan(15);
});

test('each rule about money says where it stands and what holds it', () => {
	const chapter = section(MONEY, 'The rules');
	const all = listItems(chapter).filter(({ level }) => level === 0);
	expect(all.length).toBeGreaterThan(30);
	const lame = all.filter(({ inner }) =>
		['where: ', 'held by: '].some((start) => !inner.some((line) => line.startsWith(start))),
	);
	expect(lame.map(({ text }) => text)).toEqual([]);
});

test('docs/money.md reads in a plain text editor: lists and no tables, lines of a common length', () => {
	expect(tableRows(MONEY)).toEqual([]);
	const wide = MONEY.split('\n').filter((line) => line.length > LONGEST_LINE);
	expect(wide).toEqual([]);
});

/** Whether a function, class, constant or method of this name is declared in the text. */
function declares(text: string, name: string): boolean {
	const declaration = `(?:function\\*?|class|const|get) ${name}\\b|^\\t+(?:private |async )*${name}[(<]`;
	return new RegExp(declaration, 'm').test(text);
}

test.each(rules.map((rule) => [rule.text, rule] as const))('%s', (_, rule) => {
	const sources = rule.sources.map(read).join('\n');
	const tests = rule.tests.map(read).join('\n');
	expect(rule.functions.filter((name) => !declares(sources, name))).toEqual([]);
	expect(rule.titles.filter((title) => !tests.includes(title))).toEqual([]);
});
