import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder, inputKey } from './cacheFolder';
import { broken, type Missing } from './prepared';
import { lastLines, runProgram } from './runProgram';

const SOURCE = resolve(__dirname, '..', 'nwc');
const FILES = ['package.json', 'package-lock.json', 'relay.mjs', 'service.mjs'];

/** Installs the relay and the wallet service; the answer is the folder of both. */
export async function prepareNwc(
	node: string | Missing,
	log: (line: string) => void,
): Promise<string | Missing> {
	if (typeof node !== 'string') return node;
	const key = inputKey(
		FILES.map((file) => join(SOURCE, file)),
		[],
	);
	const folder = cacheFolder(`nwc-${key}`);
	const done = join(folder, 'installed');
	if (existsSync(done)) return folder;
	log('Installing the Nostr relay and wallet service (once; seconds)');
	for (const file of FILES) copyFileSync(join(SOURCE, file), join(folder, file));
	const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
	const end = await runProgram('npm', ['ci', ...quiet], { cwd: folder });
	if (end.code !== 0) {
		log(lastLines(end));
		return broken('npm cannot install the Nostr relay');
	}
	writeFileSync(done, '');
	return folder;
}
