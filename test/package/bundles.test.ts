import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { schnorr } from '@noble/curves/secp256k1.js';
import { Linter } from 'eslint';
import { projectFolder } from './publishedPackage';

// What n8n's scanner allows and the node uses. Everything else that is global fails the test.
const ALLOWED_GLOBALS = [
	'AbortController',
	'AbortSignal',
	'Buffer',
	'TextDecoder',
	'TextEncoder',
	'URL',
	'URLSearchParams',
	'WebSocket',
	'btoa',
	'module',
	'performance',
	'require',
];
const ALLOWED_MODULES = ['n8n-workflow', 'node:crypto'];

const dist = join(projectFolder, 'dist');
const NODE_FILE = 'nodes/Sats4Ai/Sats4Ai.node.js';
const libraries = readdirSync(join(dist, 'nodes', 'Sats4Ai', 'libraries')).sort();
const bundles = [
	NODE_FILE,
	'credentials/LightningWalletApi.credentials.js',
	...libraries.map((name) => `nodes/Sats4Ai/libraries/${name}`),
];

function lint(code: string): string[] {
	const messages = new Linter().verify(
		code,
		{
			languageOptions: {
				ecmaVersion: 2023,
				sourceType: 'script',
				globals: Object.fromEntries(ALLOWED_GLOBALS.map((name) => [name, 'readonly' as const])),
			},
			linterOptions: { noInlineConfig: true },
			rules: {
				'no-undef': ['error', { typeof: true }],
				'no-restricted-globals': ['error', 'globalThis'],
				'no-eval': 'error',
				'no-new-func': 'error',
			},
		},
		{ allowInlineConfig: false },
	);
	return messages.map(({ line, message }) => `${line}: ${message}`);
}

describe.each(bundles)('dist/%s', (file) => {
	const code = readFileSync(join(dist, file), 'utf8');

	it('touches no global that n8n forbids', () => {
		expect(lint(code)).toEqual([]);
	});

	it('requires nothing but n8n, cryptography and its own libraries', () => {
		const required = [...code.matchAll(/\brequire\(\s*([^)]*?)\s*\)/g)].map(([, name]) => name);
		const own = file === NODE_FILE ? libraries.map((name) => `./libraries/${name}`) : [];
		const allowed = [...ALLOWED_MODULES, ...own].map((name) => `"${name}"`);
		expect(required.filter((name) => !allowed.includes(name ?? ''))).toEqual([]);
	});

	it('has lines short enough to compare two versions', () => {
		const longest = Math.max(...code.split('\n').map((line) => line.length));
		expect(longest).toBeLessThan(2_000);
	});
});

it('loads its libraries at their first use, not when n8n loads the node', () => {
	const file = join(dist, NODE_FILE);
	const names = ['schnorrPublicKey', 'signSchnorr', 'verifySchnorr'] as const;
	const evaluate = compileFunction(
		`${readFileSync(file, 'utf8')}\nnew module.exports.Sats4Ai(); return { ${names.join(', ')} };`,
		['module', 'exports', 'require'],
	) as (
		...args: unknown[]
	) => Record<(typeof names)[number], (...args: Uint8Array[]) => Uint8Array>;
	const module = { exports: {} };
	const loaded: string[] = [];
	const load = createRequire(file);
	const watched = (name: string): unknown => {
		if (name.startsWith('.')) loaded.push(name);
		return load(name);
	};
	const bundled = evaluate(module, module.exports, watched);
	expect(libraries).toEqual(['image-size.js', 'qr.js', 'secp256k1.js']);
	expect(loaded).toEqual([]);
	const [key, message] = [randomBytes(32), randomBytes(32)];
	const signature = Buffer.from(bundled.signSchnorr(message, key));
	expect(loaded).toEqual(['./libraries/secp256k1.js']);
	const publicKey = Buffer.from(bundled.schnorrPublicKey(key));
	expect(schnorr.verify(signature, message, publicKey)).toBe(true);
	expect(bundled.verifySchnorr(schnorr.sign(message, key), message, publicKey)).toBe(true);
});

it('keeps the names that the sources give to functions and classes', () => {
	const named = (text: string, keyword: string): string[] => [
		...new Set(
			[...text.matchAll(new RegExp(`\\b${keyword} ([A-Z]\\w+)`, 'g'))].map(
				([, name]) => name ?? '',
			),
		),
	];
	const code = readFileSync(join(dist, NODE_FILE), 'utf8');
	const sources = sourceFiles()
		.map((path) => readFileSync(path, 'utf8'))
		.join('\n');
	const classes = named(sources, 'class').filter((name) => name !== 'LightningWalletApi');
	expect(classes.length).toBeGreaterThan(10);
	for (const name of classes)
		expect(code).toMatch(new RegExp(`\\bclass ${name}\\b|\\b${name}=class\\b`));
	for (const name of ['payInvoice', 'readOffer', 'checkLimits', 'preimageProves', 'claimRefund']) {
		expect(code).toMatch(new RegExp(`\\bfunction ${name}\\(`));
	}
});

it('would notice a forbidden global', () => {
	expect(lint('setTimeout(f => process.exit(), 1)')).toEqual([
		expect.stringContaining('setTimeout'),
		expect.stringContaining('process'),
	]);
	expect(lint('globalThis.crypto')).toHaveLength(1);
});

describe('the licenses of bundled code', () => {
	const notice = readFileSync(join(projectFolder, 'dist', 'THIRD_PARTY_LICENSES.txt'), 'utf8');
	const noticed = [...notice.matchAll(/^(\S+) \d+\.\d+\.\d+ \((.*)\)$/gm)];

	it('come with the package, one for each library that the sources import', () => {
		const imported = sourceFiles().flatMap((file) =>
			[...readFileSync(file, 'utf8').matchAll(/^import (?!type\b).* from '([^'.][^']*)';$/gm)]
				.map(([, name = '']) => name.replace(/^((?:@[^/]+\/)?[^/]+).*$/, '$1'))
				.filter((name) => !ALLOWED_MODULES.includes(name)),
		);
		expect(imported).not.toEqual([]);
		expect(noticed.map(([, name]) => name)).toEqual(expect.arrayContaining([...new Set(imported)]));
	});

	it('allow it, each in full', () => {
		for (const [, , license] of noticed) {
			expect(license).toMatch(/\b(MIT|ISC|0BSD|BSD-\d-Clause|Apache-2\.0)\b/);
		}
		expect(notice.match(/Copyright/g)?.length).toBeGreaterThanOrEqual(noticed.length);
	});
});

function sourceFiles(): string[] {
	return ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
			.map((entry) => join(entry.parentPath, entry.name)),
	);
}
