// npm run link: puts this package, as it would be published, into the n8n of this user. Restart n8n then.
import './node-version.mjs';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from './build.mjs';
import { install } from './install.mjs';
import { unpackPackage } from './pack.mjs';

install();
buildIfStale();

// Where n8n itself installs community packages.
const home = process.env.N8N_USER_FOLDER || homedir();
const target = join(home, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-sats4ai');
const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-'));
try {
	rmSync(target, { recursive: true, force: true });
	cpSync(unpackPackage(temporary), target, { recursive: true });
} finally {
	rmSync(temporary, { recursive: true, force: true });
}
console.log(`The node is in ${target}. Restart n8n, and search for Sats4AI.`);
