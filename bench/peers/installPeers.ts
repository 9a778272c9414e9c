import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../test/n8n/install/cacheFolder';
import { n8nCoreVersion } from '../engine/n8nCoreVersion';
import { runCommand } from '../../test/n8n/install/runCommand';

/**
 * What is compared with and would burden every checkout: n8n's *HTTP Request* node, taken out of
 * the package that holds all of n8n's nodes, and a decoder of invoices that wants Node 22.
 */
const INVOICES = { invoices: '6.2.0' };
/** Of the 88 dependencies of n8n's nodes, those that *HTTP Request* loads and n8n-core lacks. */
const OF_HTTP_REQUEST = ['@mozilla/readability', 'cheerio', 'html-to-text', 'jsdom'];
/** Must be the engine's own copies, or are there anyway. */
const SHARED = ['@n8n/utils', 'form-data', 'lodash', 'n8n-workflow'];

/** The folder to require them from. About 12 MB to download and 40 MB on disk, once. */
export async function installPeers(): Promise<string> {
	const version = n8nCoreVersion();
	const folder = cacheFolder('bench', version);
	const modules = join(folder, 'node_modules');
	// Written last, so that a broken install is done again.
	const done = join(folder, 'installed');
	if (!existsSync(done)) {
		process.stdout.write('Fetching what is compared with (once, about 12 MB)\n');
		await install(folder, modules, version);
		writeFileSync(done, '');
	}
	for (const name of SHARED) {
		const link = join(modules, name);
		rmSync(link, { recursive: true, force: true });
		mkdirSync(dirname(link), { recursive: true });
		symlinkSync(join(__dirname, '..', '..', 'node_modules', name), link, 'junction');
	}
	return folder;
}

async function install(folder: string, modules: string, version: string): Promise<void> {
	rmSync(folder, { recursive: true, force: true });
	const nodes = join(modules, 'n8n-nodes-base');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true }');
	const { stdout } = await run(folder, 'npm', 'pack', `n8n-nodes-base@${version}`, '--silent');
	const archive = stdout.trim();
	await run(folder, 'tar', '-xzf', archive, 'package/package.json');
	const { dependencies } = JSON.parse(
		readFileSync(join(folder, 'package', 'package.json'), 'utf8'),
	) as { dependencies: Record<string, string> };
	const wanted = OF_HTTP_REQUEST.map((name) => `${name}@${dependencies[name] ?? 'latest'}`);
	const invoices = Object.entries(INVOICES).map(([name, exact]) => `${name}@${exact}`);
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
	await run(folder, 'npm', 'install', ...quiet, ...wanted, ...invoices);
	mkdirSync(nodes, { recursive: true });
	const parts = ['package.json', 'LICENSE.md', 'dist/nodes/HttpRequest', 'dist/utils'];
	const inside = parts.map((part) => `package/${part}`);
	await run(folder, 'tar', '-xzf', archive, '-C', nodes, '--strip-components=1', ...inside);
	rmSync(join(folder, archive));
}

async function run(cwd: string, program: string, ...args: string[]) {
	const result = await runCommand(program, args, { cwd });
	if (result.code !== 0) throw new Error(`${program} ${args[0]}: ${result.stderr.slice(-500)}`);
	return result;
}
