import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import {
	anchors,
	codeBlocks,
	markdownFiles,
	read,
	relativeLinks,
	ROOT,
	section,
	spans,
	tableRows,
} from './markdown';

const files = markdownFiles();

test('there is something to read', () => {
	expect(files).toContain('README.md');
	expect(files.flatMap((file) => relativeLinks(read(file))).length).toBeGreaterThan(20);
});

test.each(files)('every link in %s leads somewhere', (file) => {
	const dead = relativeLinks(read(file)).filter((link) => {
		const [path = '', anchor = ''] = link.split('#');
		const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
		if (!existsSync(join(ROOT, target))) return true;
		return anchor !== '' && target.endsWith('.md') && !anchors(read(target)).includes(anchor);
	});
	expect(dead).toEqual([]);
});

test.each(files)('every npm script that %s names exists', (file) => {
	const named = [...read(file).matchAll(/\bnpm (?:run ([\w:-]+)|(test))\b/g)];
	const scripts = named.map((match) => match[1] ?? match[2] ?? '');
	expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
});

test.each(files)('every JSON in %s is JSON', (file) => {
	for (const block of codeBlocks(read(file), 'json')) {
		expect(() => JSON.parse(block) as unknown).not.toThrow();
	}
});

/** Folders that hold sources. */
function rooms(folder: string): string[] {
	const inner = readdirSync(join(ROOT, folder), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.flatMap(({ name }) => rooms(`${folder}${name}/`));
	return [folder, ...inner];
}

test('the table of folders names each room, and none that is not there', () => {
	const table = tableRows(section(read('docs/architecture.md'), 'Where each thing is'));
	const named = table.flatMap(([folder = '']) => spans(folder));
	// Those of the wallets are alike, and named together.
	const there = rooms('nodes/Sats4Ai/').filter((room) => !/\/wallets\/.+/.test(room));
	expect(named.sort()).toEqual([...there.slice(1), 'credentials/'].sort());
});

/** Folders of the project; a span of code that begins with one of them is a path. */
const PATH =
	/^(?:bench|credentials|demo|docs|examples|nodes|sandbox|scripts|test|tools)\/[\w./-]*$/;

test.each(files.filter((file) => !file.startsWith('test/')))(
	'every path that %s names exists',
	(file) => {
		const paths = spans(read(file)).filter((span) => PATH.test(span));
		const missing = paths.filter((path) => !existsSync(join(ROOT, path)));
		expect(missing.filter((path) => path !== 'demo/output')).toEqual([]);
	},
);
