import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median } from '../timing/statistics';

const ROOT = join(__dirname, '..', '..');
const NODE_FILE = join(ROOT, 'dist', 'nodes', 'Sats4Ai', 'Sats4Ai.node.js');
const CREDENTIAL_FILE = join(ROOT, 'dist', 'credentials', 'LightningWalletApi.credentials.js');

/** n8n itself has long loaded what the node gets from it, so that does not count. */
const SCRIPT = `
	require(process.argv[1]);
	const startedAt = performance.now();
	new (require(process.argv[2]).Sats4Ai)();
	new (require(process.argv[3]).LightningWalletApi)();
	console.log(performance.now() - startedAt);
`;

/** How long the built node and its credential take to load, in ms, each time in a new process. */
export function loadTimeMs(times: number): number {
	const n8n = createRequire(join(ROOT, 'index.js')).resolve('n8n-workflow');
	const args = ['-e', SCRIPT, n8n, NODE_FILE, CREDENTIAL_FILE];
	const taken = Array.from({ length: times }, () =>
		Number(execFileSync(process.execPath, args, { encoding: 'utf8', env: withoutLoaders() })),
	);
	return median(taken);
}

/** Without the loader of TypeScript, which this process was started with. */
function withoutLoaders(): NodeJS.ProcessEnv {
	return { ...process.env, NODE_OPTIONS: '' };
}
