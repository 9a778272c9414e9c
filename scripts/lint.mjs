// npm run lint: every check, one after the other; the exit code tells whether all passed.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root } from './root.mjs';
import { findSlips } from './slips.mjs';

const n8nLint = join(root, 'tools', 'n8n-lint');
const staged = join(n8nLint, 'staged');

/** Runs a package's command line tool; true when it found nothing to complain about. */
function run(script, args, { packages = root, cwd = root } = {}) {
	const tool = join(packages, 'node_modules', ...script.split('/'));
	const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	if (status !== 0) process.stdout.write(`${stdout}${stderr}`.replaceAll(staged, root));
	return status === 0;
}

/**
 * The files that n8n verifies, beside the linter's own packages: `eslint.config.mjs` must be n8n's,
 * word for word, and finds `@n8n/node-cli` only from there.
 */
function stage() {
	rmSync(staged, { recursive: true, force: true });
	mkdirSync(staged);
	const files = ['credentials', 'nodes', 'eslint.config.mjs', 'package.json', 'tsconfig.json'];
	for (const file of files) cpSync(join(root, file), join(staged, file), { recursive: true });
}

function n8nConfigUnchanged() {
	const templates = ['@n8n', 'node-cli', 'dist', 'template', 'templates', 'shared', 'default'];
	const [ours, theirs] = [
		join(root, 'eslint.config.mjs'),
		join(n8nLint, 'node_modules', ...templates, 'eslint.config.mjs'),
	].map((file) => readFileSync(file, 'utf8').replace(/\s+/g, ' ').trim());
	if (ours !== theirs) console.log(`eslint.config.mjs must read: ${theirs}`);
	return ours === theirs;
}

/**
 * One rule warns of password fields whose names do not sound secret. It knows neither `macaroon` nor
 * `rune`, nor that a connection string or an admin key spends money.
 */
const TAKES_SECRETS_FOR_PLAIN = '@n8n/community-nodes/credential-unnecessary-password: off';

function n8nRules() {
	install(n8nLint);
	stage();
	const strict = [
		'--no-inline-config',
		'--max-warnings',
		'0',
		'--rule',
		TAKES_SECRETS_FOR_PLAIN,
		'.',
	];
	const clean = run('eslint/bin/eslint.js', strict, { packages: n8nLint, cwd: staged });
	rmSync(staged, { recursive: true });
	return n8nConfigUnchanged() && clean;
}

function noSlips() {
	const slips = findSlips();
	for (const slip of slips) console.log(slip);
	return slips.length === 0;
}

install();
const checks = {
	'suppressions and slips': noSlips,
	prettier: () => run('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
	types: () => run('typescript/bin/tsc', ['-p', '.']),
	'own rules': () =>
		run('eslint/bin/eslint.js', ['-c', 'eslint.dev.config.mjs', '--max-warnings', '0', '.']),
	"n8n's rules, strict": n8nRules,
};
const failed = Object.entries(checks).filter(([name, check]) => {
	const passed = check();
	console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
	return !passed;
});
process.exit(failed.length > 0 ? 1 : 0);
