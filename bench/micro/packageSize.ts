import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export interface PackageSize {
	/** What is downloaded from the registry. */
	readonly packedBytes: number;
	/** All files of the built package, icons included. */
	readonly distBytes: number;
}

export function packageSize(): PackageSize {
	const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'];
	const [packed] = JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8' })) as Array<{
		size: number;
	}>;
	return { packedBytes: packed?.size ?? NaN, distBytes: bytesIn(join(ROOT, 'dist')) };
}

function bytesIn(folder: string): number {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((path) => statSync(join(folder, path)))
		.filter((entry) => entry.isFile())
		.reduce((sum, { size }) => sum + size, 0);
}
