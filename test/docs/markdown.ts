import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

const NOT_OURS = ['node_modules', 'dist', 'coverage', '.git', 'output'];

/** Every Markdown file of the project, as paths from its root with slashes. */
export function markdownFiles(folder = ROOT): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : markdownFiles(path);
		return entry.name.endsWith('.md') ? [relative(ROOT, path).split(sep).join('/')] : [];
	});
}

export function read(file: string): string {
	return readFileSync(join(ROOT, file), 'utf8');
}

/** The text without its blocks of code. */
export function prose(markdown: string): string {
	return markdown.replace(/^ *```[^]*?^ *```$/gm, '');
}

/** The blocks of code in one language. */
export function codeBlocks(markdown: string, language: string): string[] {
	return [...markdown.matchAll(/^ *```(\w*)\n([^]*?)^ *```$/gm)]
		.filter((match) => match[1] === language)
		.map((match) => match[2] ?? '');
}

/** Targets of links and pictures that are no addresses on the web. */
export function relativeLinks(markdown: string): string[] {
	const inMarkdown = [...prose(markdown).matchAll(/\]\(([^()\s]+)\)/g)];
	const inHtml = [...prose(markdown).matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
	return [...inMarkdown, ...inHtml]
		.map((match) => match[1] ?? '')
		.filter((target) => !/^[a-z]+:/i.test(target));
}

/** The anchors GitHub gives to the headings. */
export function anchors(markdown: string): string[] {
	return [...prose(markdown).matchAll(/^#+ +(.+)$/gm)].map((match) =>
		(match[1] ?? '')
			.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replace(/ /g, '-'),
	);
}

/** What stands between backticks, outside of blocks of code. */
export function spans(markdown: string): string[] {
	return [...prose(markdown).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

/** The rows of all tables, as lists of cells, without title rows and rules. */
export function tableRows(markdown: string): string[][] {
	const isRule = (line: string | undefined) => /^\|(?:\s*:?-+:?\s*\|)+$/.test(line ?? '');
	const lines = prose(markdown).split('\n');
	return lines
		.filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(lines[at + 1]))
		.map((line) =>
			line
				.slice(1, line.lastIndexOf('|'))
				.split('|')
				.map((cell) => cell.trim()),
		);
}

export interface ListItem {
	/** 0 for an item of a list that stands in no other. */
	readonly level: number;
	/** On one line. */
	readonly text: string;
	/** The texts of the items right below it. */
	readonly inner: string[];
}

/** The items of all bulleted lists. */
export function listItems(markdown: string): ListItem[] {
	const items: Array<ListItem & { text: string }> = [];
	for (const line of prose(markdown).split('\n')) {
		const [, indent = '', bullet, text = ''] = /^( *)(- )?(.*)$/.exec(line) ?? [];
		const last = items.at(-1);
		if (bullet !== undefined) items.push({ level: indent.length / 2, text, inner: [] });
		else if (last !== undefined && text !== '' && indent !== '') last.text += ` ${text}`;
	}
	for (const [at, { level, text }] of items.entries()) {
		if (level > 0)
			items
				.slice(0, at)
				.findLast((item) => item.level === level - 1)
				?.inner.push(text);
	}
	return items;
}

/** The part under a heading, up to the next heading of the same or a higher level. */
export function section(markdown: string, heading: string): string {
	const start = markdown.indexOf(`\n## ${heading}\n`);
	if (start < 0) throw new Error(`There is no heading "${heading}"`);
	const end = markdown.indexOf('\n## ', start + 1);
	return markdown.slice(start, end < 0 ? undefined : end);
}
