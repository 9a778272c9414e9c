import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/** Packs what npm would publish into `folder`; answers the path of the tarball. */
export function packPackage(folder) {
	const [{ filename }] = JSON.parse(
		npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root }),
	);
	return join(folder, filename);
}

/** Packs and unpacks; answers the folder with `package.json`. */
export function unpackPackage(folder) {
	execFileSync('tar', ['-xzf', packPackage(folder), '-C', folder]);
	return join(folder, 'package');
}
