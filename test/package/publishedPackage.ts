import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';

export const projectFolder = resolve(__dirname, '../..');

/** What npm would publish, in a temporary folder of its own. */
export interface PublishedPackage {
	readonly folder: string;
	/** Paths inside the package, with `/`, sorted. */
	readonly files: readonly string[];
	/** Size of the tarball in bytes. */
	readonly tarballSize: number;
	read(file: string): string;
	remove(): void;
}

/** Packs the project as it is: `dist` must have been built. */
export function publishedPackage(): PublishedPackage {
	const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-'));
	execFileSync(process.execPath, [join(projectFolder, 'scripts', 'unpack.mjs'), temporary]);
	const folder = join(temporary, 'package');
	const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz')) ?? '';
	return {
		folder,
		files: filesIn(folder)
			.map((file) => relative(folder, file).split(sep).join('/'))
			.sort(),
		tarballSize: readFileSync(join(temporary, tarball)).length,
		read: (file) => readFileSync(join(folder, file), 'utf8'),
		remove: () => rmSync(temporary, { recursive: true, force: true }),
	};
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		return entry.isDirectory() ? filesIn(path) : [path];
	});
}
