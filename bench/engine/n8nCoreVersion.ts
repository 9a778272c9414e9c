import { readFileSync } from 'node:fs';

/** The version of the engine, and of the nodes that n8n ships with it. */
export function n8nCoreVersion(): string {
	const text = readFileSync(require.resolve('n8n-core/package.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}
