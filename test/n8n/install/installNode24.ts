import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { runCommand } from './runCommand';

export interface NodeProgram {
	readonly program: string;
	/** Holds `include/node`, for building native code. */
	readonly folder: string;
}

/** Node 24 from the npm registry: the one version that runs both of the tested n8n. */
export async function installNode24(): Promise<NodeProgram> {
	const home = cacheFolder('node-24');
	const name = `node-${process.platform}-${process.arch}`;
	const folder = join(home, 'node_modules', name);
	const program = join(folder, 'bin', 'node');
	if (!existsSync(program)) {
		mkdirSync(home, { recursive: true });
		const args = ['install', '--prefix', home, '--no-save', '--ignore-scripts', `${name}@24`];
		const { code, stderr } = await runCommand('npm', [...args, '--no-audit', '--no-fund']);
		if (code !== 0) throw new Error(`Node 24 cannot be installed: ${stderr.trim()}`);
	}
	return { program, folder };
}
