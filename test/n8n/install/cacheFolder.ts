import { homedir } from 'node:os';
import { join } from 'node:path';

const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');

/** A folder of this package's own outside the checkout, for what takes minutes to install. */
export const cacheFolder = (...path: string[]): string =>
	join(caches, 'n8n-nodes-sats4ai', ...path);
