import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PART = join(__dirname, 'part.ts');

/** Random schedules, a part in each process, each with a seed of its own. Resolves to what they broke. */
export async function randomParts(
	schedules: number,
	seed: number,
	parts: number,
): Promise<readonly string[]> {
	const numbers = Array.from({ length: parts }, (_, index) => index);
	const found = await Promise.all(
		numbers.map(async (index) => await run(Math.ceil(schedules / parts), seed + index)),
	);
	return found.filter((said) => said !== '');
}

async function run(schedules: number, seed: number): Promise<string> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', PART, String(schedules), String(seed)],
		{ stdio: ['ignore', 'pipe', 'inherit'] },
	);
	const ended = once(child, 'close');
	const said = await text(child.stdout);
	const [code] = (await ended) as [number | null];
	return code === 0 ? '' : said || `the part with seed ${seed} ended with ${code}`;
}
