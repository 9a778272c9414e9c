import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs npm: the one that runs this script, or the one on the path.
 * Ends this process with npm's exit code when npm fails; its output is shown only then.
 */
export function npm(args, { cwd }) {
	const self = process.env.npm_execpath ?? '';
	const known = /^np[mx]-cli\.c?js$/.test(basename(self));
	const [command, ...first] = known
		? [process.execPath, self.replace(/npx-cli(\.c?js)$/, 'npm-cli$1')]
		: ['npm'];
	const result = spawnSync(command, [...first, ...args], {
		cwd,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		// Only npm.cmd on Windows needs a shell.
		shell: !known && process.platform === 'win32',
	});
	if (result.status !== 0) {
		process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
		if (result.error) process.stderr.write(`npm did not start: ${result.error.message}\n`);
		process.stderr.write(`\nnpm ${args.join(' ')} failed in ${cwd}\n`);
		process.exit(result.status || 1);
	}
	return result.stdout;
}
