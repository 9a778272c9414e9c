import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/**
 * Makes `node_modules` of a folder hold what its `package-lock.json` says. Without a difference it
 * costs a few milliseconds. Install scripts of dependencies never run.
 */
export function install(folder = root) {
	const state = installed(folder);
	if (state === 'current') return;
	const where = relative(root, folder) || 'this package';
	console.log(`Installing the development dependencies of ${where} (once, about a minute)`);
	const quiet = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
	npm(state === 'missing' ? ['ci', ...quiet] : ['install', '--no-save', ...quiet], { cwd: folder });
}

/** npm leaves in `node_modules` a copy of the lockfile it worked from; an unfinished run leaves none. */
function installed(folder) {
	const done = join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(done)) return 'missing';
	const present = packagesOf(done);
	const wanted = Object.entries(packagesOf(join(folder, 'package-lock.json')));
	const differs = wanted.some(([path, { version, optional }]) => {
		if (path === '') return false;
		const found = present[path]?.version;
		// Optional packages are for other systems where they are absent.
		return found === undefined ? !optional : found !== version;
	});
	return differs ? 'outdated' : 'current';
}

function packagesOf(lockfile) {
	return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
