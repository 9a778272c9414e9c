import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import type { NodeProgram } from './installNode24';
import { runCommand } from './runCommand';
import type { N8nVersion } from './versions';

/**
 * A whole n8n in the cache, about 2 GB and minutes the first time. Answers n8n's command line
 * program, to be run by `node`. Throws where it does not install.
 */
export async function installN8n(wanted: N8nVersion, node: NodeProgram): Promise<string> {
	const { version, overrides, peers } = wanted;
	const folder = cacheFolder('n8n', version);
	const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const dependencies = { n8n: version, ...peers };
	const manifest = JSON.stringify({ private: true, dependencies, overrides });
	// Written last, so that a broken install is done again.
	const done = join(folder, 'installed.json');
	if (existsSync(done) && readFileSync(done, 'utf8') === manifest) return program;

	process.stdout.write(`Installing n8n ${version} (once, some minutes, about 2 GB)\n`);
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), manifest);
	const env = {
		...withoutNpm(process.env),
		PATH: `${join(node.folder, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
		// Native code is built with the headers that came with this Node, without a download.
		npm_config_nodedir: node.folder,
	};
	const npm = async (...args: string[]): Promise<void> => {
		const { code, stdout, stderr } = await runCommand('npm', args, { cwd: folder, env });
		if (code !== 0) throw new Error(`npm ${args.join(' ')}: ${(stderr || stdout).slice(-2000)}`);
	};
	await npm('install', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund');
	await npm('rebuild', 'sqlite3');
	const database = join(folder, 'node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node');
	if (!existsSync(database)) throw new Error(`sqlite3 was not built: there is no ${database}`);
	writeFileSync(done, manifest);
	return program;
}

/** `npm run` hands its settings on; this package's `ignore-scripts` would leave sqlite3 unbuilt. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(env).filter(([name]) => !/^npm_/i.test(name)));
}
