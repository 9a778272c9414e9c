import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What was built or installed once, outside the checkout: a clean checkout finds it again. */
export function cacheFolder(...parts: string[]): string {
	return siblingCacheFolder('lightning', ...parts);
}

/** What other commands of this package keep beside it. */
export function siblingCacheFolder(...parts: string[]): string {
	const cache = process.env.XDG_CACHE_HOME ?? '';
	const base = cache === '' ? join(homedir(), '.cache') : cache;
	const folder = join(base, 'n8n-nodes-sats4ai', ...parts);
	mkdirSync(folder, { recursive: true });
	return folder;
}

/** Names what was made of these files by these tools: another input, another name. */
export function inputKey(files: readonly string[], tools: readonly string[]): string {
	const digest = createHash('sha256');
	for (const file of files) digest.update(readFileSync(file)).update('\0');
	for (const tool of tools) digest.update(tool).update('\0');
	return digest.digest('hex').slice(0, 12);
}
