import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import manifest from '../../package.json';
import { isPlace, readFaults } from '../../sandbox/faultText';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox';
import { paths, payFor, post } from '../sandbox/buyer';
import { accounts, blocks, commands } from './commands';
import { read, ROOT } from './markdown';

const entered = commands();
const scripts: Readonly<Record<string, string>> = manifest.scripts;

/** Script and arguments of an `npm run` or `npm test`. */
const runs = entered.flatMap(({ text }) => {
	const match = /^npm (?:run ([\w:-]+)|(test))(?: -- (.*))?$/.exec(text);
	if (match === null) return [];
	const [, script, test = '', args = ''] = match;
	return [{ text, script: script ?? test, args: args.split(' ').filter((arg) => arg !== '') }];
});

test('there are commands to check', () => {
	const of = (file: string) => entered.filter((command) => command.file === file).length;
	expect(of('README.md')).toBeGreaterThan(3);
	expect(of('CONTRIBUTING.md')).toBeGreaterThan(7);
	expect(of('docs/wallets.md')).toBeGreaterThan(2);
	expect(of('sandbox/README.md')).toBeGreaterThan(3);
});

test('every block says what it holds', () => {
	const languages = ['json', 'mermaid', 'sh', 'text', 'ts'];
	expect(blocks().filter(({ language }) => !languages.includes(language))).toEqual([]);
});

test.each(entered)('somebody answers for `$text` of $file', ({ text }) => {
	expect(accounts.filter(({ command }) => command.test(text))).toHaveLength(1);
});

test.each(accounts)('$command is in a document, and executed where it says', (account) => {
	expect(entered.filter(({ text }) => account.command.test(text))).not.toEqual([]);
	if ('file' in account) expect(read(account.file)).toContain(account.words);
	else expect(account.byHand).not.toBe('');
});

describe('what a command names exists:', () => {
	test.each(runs)('the program of `$text`', ({ script }) => {
		expect(scripts).toHaveProperty([script]);
		for (const [, program = ''] of (scripts[script] ?? '').matchAll(
			/(?:tsx|node)(?: --\S+)* ([\w./-]+)/g,
		)) {
			expect(existsSync(join(ROOT, program))).toBe(true);
		}
	});

	/** The programs read their options with `parseArgs`, which takes none that is not declared. */
	test.each(runs.filter(({ args }) => args.some((arg) => arg.startsWith('--'))))(
		'the options of `$text`',
		({ script, args }) => {
			const [, program = ''] = /tsx ([\w./-]+)/.exec(scripts[script] ?? '') ?? [];
			const readers = ['main.ts', 'commandLine.ts', 'arguments.ts']
				.map((name) => join(program, '..', name))
				.filter((file) => existsSync(join(ROOT, file)));
			const source = readers.map(read).join('\n');
			for (const option of args.filter((arg) => arg.startsWith('--'))) {
				expect(source).toMatch(new RegExp(`\\b${option.slice(2)}: \\{ type: `));
			}
		},
	);

	test('the folder of tests, the address to clone, and the script for everything', () => {
		const named = entered.map(({ text }) => text);
		for (const text of named.filter((command) => command.startsWith('npx jest '))) {
			expect(existsSync(join(ROOT, text.slice('npx jest '.length)))).toBe(true);
		}
		const clone = named.find((text) => text.startsWith('git clone '));
		expect(`git+${clone?.slice('git clone '.length)}`).toBe(manifest.repository.url);
		expect(named).toContain(`cd ${manifest.name}`);
		accessSync(join(ROOT, '.ci/run'), constants.X_OK);
	});
});

describe('commands for other programs', () => {
	const starting = (word: string) => entered.find(({ text }) => text.startsWith(word))?.text ?? '';

	test('the rune of Core Lightning allows the methods that are called', () => {
		const [, json = ''] = /restrictions='(.*)'$/.exec(starting('lightning-cli createrune')) ?? [];
		const restrictions = JSON.parse(json) as string[][];
		const methods = restrictions[0]?.map((one) => one.replace('method=', '')) ?? [];
		const source = read('nodes/Sats4Ai/wallets/cln/wallet.ts');
		expect(methods).toHaveLength(4);
		for (const method of methods) expect(source).toContain(method);
	});
});

describe('executed as they stand:', () => {
	test.each(['sandbox', 'demo', 'conformance'])('npm run %s', (script) => {
		const { status, stdout } = spawnSync('npm', ['run', '--silent', script, '--', '--help'], {
			cwd: ROOT,
			encoding: 'utf8',
			shell: process.platform === 'win32',
		});
		expect([status, stdout]).toEqual([0, expect.stringContaining(`npm run ${script} `)]);
	});

	test('the ports of the sandbox are those that its page names', () => {
		expect(read('sandbox/main.ts')).toContain('DEFAULT_PORT = 4402;');
		expect(read('sandbox/README.md')).toContain('service on port 4402, wallet on port 4403');
	});

	test('the program of sandbox/README.md', async () => {
		const programs = blocks().filter(({ language }) => language === 'ts');
		expect(programs.map(({ file }) => file)).toEqual(['sandbox/README.md']);
		const bought = (programs[0]?.text ?? '').replace(/^\/\/ … .*$/m, 'await buy(sandbox);');
		const { outputText } = ts.transpileModule(
			`export async function run(startSandbox, buy, expect) {${bought}}`,
			{ compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
		);
		const buy = async (sandbox: Sandbox) => {
			const body = JSON.stringify({ image: 'AAAA' });
			const { authorization } = await payFor(sandbox, paths.colorizeImage, body);
			const redeem = async () =>
				(await post(sandbox, paths.colorizeImage, body, { authorization })).status;
			expect([await redeem(), await redeem(), await redeem()]).toEqual([503, 503, 200]);
		};
		const opened: Sandbox[] = [];
		const open = async (...args: Parameters<typeof startSandbox>) => {
			const sandbox = await startSandbox(...args);
			opened.push(sandbox);
			return sandbox;
		};
		const folder = mkdtempSync(join(tmpdir(), 'documents-'));
		try {
			const program = join(folder, 'program.js');
			writeFileSync(program, outputText);
			const { run } = jest.requireActual<{ run: (...ports: unknown[]) => Promise<void> }>(program);
			await run(open, buy, expect);
		} finally {
			for (const sandbox of opened) await sandbox.close();
			rmSync(folder, { recursive: true });
		}
		expect.assertions(4);
	});

	test('the faults in addresses', () => {
		const addresses = blocks()
			.flatMap(({ text }) => text.split('\n'))
			.filter((line) => /^http:\/\/127\.0\.0\.1:440[23]\//.test(line));
		expect(addresses.length).toBeGreaterThan(1);
		for (const address of addresses) {
			const [, fault = ''] = /\/fault\/(.+)$/.exec(address) ?? [];
			const [place = ''] = fault.split(':');
			expect(isPlace(place) ? readFaults(fault, place) : []).toHaveLength(1);
		}
	});
});
