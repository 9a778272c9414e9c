import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { runCommand } from '../install/runCommand';
import { removeFolder, usedFolders } from './leaveNothing';
import { projectFolder } from './projectFolder';

/** What npm would publish, packed and unpacked, in a temporary folder. */
export interface PackedPackage {
	/** With `package.json` and `dist`. */
	readonly folder: string;
	readonly name: string;
	remove(): void;
}

/** Packs the project as it is built now. */
export async function packPackage(): Promise<PackedPackage> {
	const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-packed-'));
	usedFolders.add(temporary);
	const script = join(projectFolder, 'scripts', 'unpack.mjs');
	const { code, stderr } = await runCommand(process.execPath, [script, temporary]);
	if (code !== 0) throw new Error(`The package cannot be packed: ${stderr}`);
	const folder = join(temporary, 'package');
	const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		name: string;
	};
	return { folder, name, remove: () => removeFolder(temporary) };
}
