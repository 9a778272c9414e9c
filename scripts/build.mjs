import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const SOURCES = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'scripts/lazy-libraries.mjs',
	'scripts/node-globals.mjs',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
];
const OUTPUT = join(root, 'dist', 'nodes', 'Sats4Ai', 'Sats4Ai.node.js');

/**
 * Builds unless `dist` is newer than everything it is made of, and leaves the types to `npm run lint`.
 * Ends the process when the build fails.
 */
export function buildIfStale() {
	if (existsSync(OUTPUT) && statSync(OUTPUT).mtimeMs > newest(SOURCES)) return;
	console.log('Building');
	const gulp = join(root, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const result = spawnSync(process.execPath, [gulp, 'quick', '-L'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (result.status !== 0) process.exit(result.status || 1);
}

/** A folder counts too: its time changes when a file is added or removed. */
function newest(paths) {
	return Math.max(
		...paths.flatMap((path) => {
			const absolute = join(root, path);
			if (!existsSync(absolute)) return [];
			const entry = statSync(absolute);
			const inside = entry.isDirectory()
				? readdirSync(absolute).map((name) => join(path, name))
				: [];
			return [entry.mtimeMs, ...(inside.length > 0 ? [newest(inside)] : [])];
		}),
	);
}
