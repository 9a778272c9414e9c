import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import { anchors, codeBlocks, markdownFiles, read, relativeLinks, ROOT, spans } from './markdown';

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
