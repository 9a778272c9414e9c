import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

test('npm run link puts what would be published where n8n looks for community packages', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-home-'));
	try {
		const env = { ...process.env, N8N_USER_FOLDER: home };
		const link = () => execFileSync(process.execPath, [join(root, 'scripts', 'link.mjs')], { env });
		link();
		link();
		const linked = join(home, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-sats4ai');
		const manifest = JSON.parse(readFileSync(join(linked, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
			expect(readFileSync(join(linked, file))).toEqual(readFileSync(join(root, file)));
		}
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
});
