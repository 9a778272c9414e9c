import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { siblingCacheFolder } from './cacheFolder';
import { lacks, type Missing } from './prepared';
import { lastLines, runProgram } from './runProgram';

const OLDEST_WITH_WEBSOCKET = 22;

/**
 * A Node with WebSocket, which Nostr Wallet Connect needs: this one, or else Node 24 from npm, where
 * `.ci/run` keeps it too.
 */
export async function prepareNode(log: (line: string) => void): Promise<string | Missing> {
	if (Number(process.versions.node.split('.')[0]) >= OLDEST_WITH_WEBSOCKET) return process.execPath;
	const platform = `node-${process.platform}-${process.arch}`;
	const folder = siblingCacheFolder('node-24');
	const program = join(folder, 'node_modules', platform, 'bin', 'node');
	if (existsSync(program)) return program;
	log('Installing Node 24, for Nostr Wallet Connect (once; seconds)');
	const quiet = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const end = await runProgram('npm', ['install', '--prefix', folder, ...quiet, `${platform}@24`]);
	if (end.code === 0 && existsSync(program)) return program;
	log(lastLines(end));
	return lacks('Node 20 has no WebSocket');
}
