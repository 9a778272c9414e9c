import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { buyBare } from './bareExchange';
import { concurrently } from './concurrently';
import { encoded, type Contender } from './contender';

/** A connection for each request, as n8n has it. */
const agent = new Agent({ pipelining: 0 });

/**
 * The bare exchange with what n8n asks of every node: the picture comes from a file, its body is
 * encoded, each request has a connection of its own, the result goes into a file.
 */
export function fileToFile(): Contender {
	const folder = mkdtempSync(join(tmpdir(), 'sats4ai-bench-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	let files = 0;
	return {
		name: 'fileToFile',
		prepare: async (job) => {
			const input = join(folder, 'input');
			writeFileSync(input, job.picture);
			const buy = async (): Promise<void> => {
				files += 1;
				const output = join(folder, `output-${files}`);
				const picture = await buyBare(encoded(await readFile(input)), job, agent);
				await writeFile(output, picture);
			};
			return async () => await concurrently(job.items, job.concurrency, buy);
		},
		cleanUp: async () => {
			for (; files > 0; files -= 1) rmSync(join(folder, `output-${files}`), { force: true });
		},
	};
}
