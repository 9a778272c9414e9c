import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import manifest from '../package.json';

/** The layers and what each may import, its own files included. Paths begin at the package's root. */
const LAYERS: ReadonlyArray<{ files: RegExp; mayImport: RegExp; packages: RegExp }> = [
	{
		files: /^nodes\/Sats4Ai\/bolt11\//,
		mayImport: /^nodes\/Sats4Ai\/bolt11\//,
		packages: /^(node:crypto|@scure\/base)$/,
	},
	{
		files: /^nodes\/Sats4Ai\/l402\//,
		mayImport: /^nodes\/Sats4Ai\/(l402|bolt11)\//,
		packages: /^node:crypto$/,
	},
	{
		files: /^nodes\/Sats4Ai\/lnurl\//,
		mayImport: /^nodes\/Sats4Ai\/(lnurl|l402|bolt11)\//,
		packages: /^$/,
	},
	{
		files: /^nodes\/Sats4Ai\/wallets\//,
		mayImport: /^nodes\/Sats4Ai\/(wallets|l402|bolt11)\//,
		packages: /^(?!n8n-)/,
	},
	{
		files: /^nodes\/Sats4Ai\/purchase\//,
		mayImport: /^nodes\/Sats4Ai\/(purchase|wallets|lnurl|l402|bolt11)\//,
		packages: /^(?!n8n-)/,
	},
	{
		files: /^nodes\/Sats4Ai\/n8n\//,
		mayImport: /^nodes\/Sats4Ai\/(n8n|purchase|wallets|lnurl|l402|bolt11)\//,
		packages: /^/,
	},
	{
		files: /^nodes\/Sats4Ai\/operations\//,
		mayImport: /^nodes\/Sats4Ai\/(operations|n8n|purchase)\//,
		packages: /^/,
	},
	{
		files: /^nodes\/Sats4Ai\/models\//,
		mayImport: /^nodes\/Sats4Ai\/(models|operations|n8n|purchase|l402|bolt11)\//,
		packages: /^n8n-workflow$/,
	},
	{
		files: /^nodes\/Sats4Ai\/Sats4Ai\.node\.ts$/,
		mayImport: /^nodes\/Sats4Ai\/(models|operations|n8n)\//,
		packages: /^n8n-workflow$/,
	},
	{
		files: /^credentials\//,
		mayImport: /^credentials\//,
		packages: /^n8n-workflow$/,
	},
];

/** What exists where the node runs; any other package has to be bundled, from `devDependencies`. */
const PRESENT_AT_RUN_TIME = ['node:crypto', 'n8n-workflow'];
const FORBIDDEN_NAMES = /^(utils?|helpers?|common|types?|misc|genericfunctions?)$/i;
const MAX_LINES = 160;

const root = join(__dirname, '..');
const published = [...filesIn('nodes'), ...filesIn('credentials')];
const modules = published.filter((file) => extname(file) === '.ts');

/** Every file below a folder, as a path from the root with slashes. */
function filesIn(folder: string): string[] {
	return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** All that a module names as its source: imports, re-exports, `import()`, `require()`, types too. */
function importsOf(file: string): string[] {
	const text = readFileSync(join(root, file), 'utf8');
	return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The module a relative import means; throws if there is none, so that nothing goes unchecked. */
function resolve(file: string, specifier: string): string {
	const path = posix.join(posix.dirname(file), specifier);
	const found = [path, `${path}.ts`, `${path}/index.ts`].find((name) => published.includes(name));
	if (found === undefined) throw new Error(`${file} imports ${specifier}, which does not exist`);
	return found;
}

const isRelative = (specifier: string) => specifier.startsWith('.');

function packageOf(specifier: string): string {
	const [scope = '', name = ''] = specifier.split('/');
	return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

const graph = new Map(
	modules.map((file) => [
		file,
		importsOf(file)
			.filter(isRelative)
			.map((specifier) => resolve(file, specifier)),
	]),
);

test('there is something to check', () => {
	for (const { files } of LAYERS) {
		expect(modules.filter((file) => files.test(file))).not.toHaveLength(0);
	}
	expect([...graph.values()].flat().length).toBeGreaterThan(50);
});

test.each(modules)('%s belongs to one layer and imports only what that may', (file) => {
	const layers = LAYERS.filter(({ files }) => files.test(file));
	expect(layers).toHaveLength(1);
	for (const { mayImport, packages } of layers) {
		const upward = (graph.get(file) ?? []).filter((imported) => !mayImport.test(imported));
		const foreign = importsOf(file).filter((name) => !isRelative(name) && !packages.test(name));
		expect({ upward, foreign }).toEqual({ upward: [], foreign: [] });
	}
});

test('nothing but the edge, what n8n shows, and the form names n8n', () => {
	const edge =
		/^(?:nodes\/Sats4Ai\/(?:n8n|operations|models)\/|nodes\/Sats4Ai\/Sats4Ai\.node\.ts$|credentials\/)/;
	const knowing = modules.filter((file) => importsOf(file).some((name) => /^n8n-/.test(name)));
	expect(knowing.filter((file) => !edge.test(file))).toEqual([]);
	expect(knowing.filter((file) => file.startsWith('nodes/Sats4Ai/n8n/'))).not.toHaveLength(0);
});

test('every package is there at run time or bundled', () => {
	const available = new Set([...PRESENT_AT_RUN_TIME, ...Object.keys(manifest.devDependencies)]);
	const missing = modules.flatMap((file) =>
		importsOf(file)
			.filter((name) => !isRelative(name) && !available.has(packageOf(name)))
			.map((name) => `${file}: ${name}`),
	);
	expect(missing).toEqual([]);
});

/** Each way that leads from a file back to it. */
function cyclesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
	const cycles: string[] = [];
	const finished = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
		if (path.includes(file) || finished.has(file)) return;
		for (const imported of imports.get(file) ?? []) visit(imported, [...path, file]);
		finished.add(file);
	};
	for (const file of imports.keys()) visit(file, []);
	return cycles;
}

test('no import leads back to where it came from, in the sandbox neither', () => {
	const sandbox = filesIn('sandbox').filter((file) => extname(file) === '.ts');
	const inSandbox = (file: string) =>
		importsOf(file)
			.filter(isRelative)
			.map((specifier) => `${posix.join(posix.dirname(file), specifier)}.ts`)
			.filter((imported) => sandbox.includes(imported));
	expect(cyclesIn(graph)).toEqual([]);
	expect(cyclesIn(new Map(sandbox.map((file) => [file, inSandbox(file)])))).toEqual([]);
	const circle = new Map([
		['a', ['b']],
		['b', ['a']],
	]);
	expect(cyclesIn(circle)).toEqual(['a → b → a']);
});

test('no file has a name that says nothing', () => {
	const nameless = published.filter((file) =>
		[...dirname(file).split('/'), basename(file).split('.')[0] ?? ''].some((part) =>
			FORBIDDEN_NAMES.test(part),
		),
	);
	expect(nameless).toEqual([]);
});

test(`no module is longer than ${MAX_LINES} lines`, () => {
	const long = modules
		.map((file) => ({
			file,
			lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length,
		}))
		.filter(({ lines }) => lines > MAX_LINES);
	expect(long).toEqual([]);
});

describe('the reader of imports', () => {
	test('sees every form of them', () => {
		const text = [
			"import a from './a';",
			"import type { B } from './b';",
			"export * from './c';",
			"export { d } from './d';",
			"const e = import('./e');",
			"const f = require('./f');",
			"type G = import('./g').G;",
			"import './h';",
			"// import './comment';",
			'const text = "import \'./text\'";',
		].join('\n');
		const found = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
		expect(found.sort()).toEqual(['./a', './b', './c', './d', './e', './f', './g', './h']);
	});
});
