import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runCommand } from '../install/runCommand';
import { projectFolder } from '../rig/projectFolder';
import type { Browser, Playwright } from './playwright';

const tools = join(projectFolder, 'tools', 'browser');
const PROGRAMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing that would look for a host on the internet. */
const ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Where the browser is; null where there is none. `CHROMIUM` names another one. */
export function browserProgram(): string | null {
	const named = process.env.CHROMIUM;
	return [...(named === undefined ? [] : [named]), ...PROGRAMS].find(existsSync) ?? null;
}

/** Starts a browser without a window. Throws where there is none, or no Playwright to drive it. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = browserProgram();
	if (executablePath === null) throw new Error(`No browser: none of ${PROGRAMS.join(', ')}`);
	await (installed ??= installPlaywright());
	const load = createRequire(join(tools, 'package.json'));
	const { chromium, selectors } = load('playwright-core') as Playwright;
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath, args: ARGS });
}

/** Asked for by several at once, it is installed once. */
let installed: Promise<void> | undefined;

async function installPlaywright(): Promise<void> {
	if (existsSync(join(tools, 'node_modules', '.package-lock.json'))) return;
	const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
	const { code, stderr } = await runCommand('npm', args, { cwd: tools });
	if (code !== 0) throw new Error(`Playwright cannot be installed: ${stderr}`);
}
