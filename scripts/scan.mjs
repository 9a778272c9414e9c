// npm run scan: n8n's scanner for community packages, on the sources and on what npm would publish.
import './node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfStale } from './build.mjs';
import { install } from './install.mjs';
import { unpackPackage } from './pack.mjs';
import { root } from './root.mjs';

const tool = join(root, 'tools', 'n8n-scan');
install();
install(tool);
buildIfStale();

const scanner = join(tool, 'node_modules', '@n8n', 'scan-community-package', 'scanner');
const { analyzePackage, SOURCE_FILE_PATTERNS } = await import(
	pathToFileURL(join(scanner, 'scanner.mjs')).href
);

async function scan(name, folder, patterns) {
	const result = await analyzePackage(folder, patterns);
	// "passed" is also the answer to finding no file at all; then there is a message.
	const passed = result.passed && result.message === undefined;
	if (!passed) console.log(result.details ?? result.message);
	console.log(`${passed ? 'ok    ' : 'FAILED'}  n8n's scanner, ${name}`);
	return passed;
}

const temporary = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-'));
try {
	const unpacked = unpackPackage(temporary);
	const passed = [
		await scan('sources', root, SOURCE_FILE_PATTERNS),
		await scan('published package', unpacked, ['**/*.js', 'package.json']),
	];
	process.exitCode = passed.every(Boolean) ? 0 : 1;
} finally {
	rmSync(temporary, { recursive: true, force: true });
}
