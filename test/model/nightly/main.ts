// npm run test:nightly [-- --schedules 100000 --seed 7]
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { InvoicePool } from '../invoicePool';
import { exhaust, worlds } from '../onePurchase';
import { exhaustPairs } from '../pairs';
import { randomParts } from './randomParts';

const SCHEDULES = '1000000';

/** Everything about money on the simulated clock, as long as it takes: about half an hour on two cores. */
async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			schedules: { type: 'string', default: SCHEDULES },
			seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
		},
	});
	const pool = InvoicePool.mint();
	const broken: string[] = [];
	for (const world of worlds) {
		const found = await exhaust(world, pool);
		say(`One purchase, ${world.name}: ${found.combinations} combinations, ${found.runs} differ`);
		broken.push(...found.broken);
	}
	const pairs = await exhaustPairs(pool);
	say(`Pairs of faults, two items, two rounds: ${pairs.runs}`);
	broken.push(...pairs.broken);
	const parts = availableParallelism();
	const seed = Number(values.seed);
	broken.push(...(await randomParts(Number(values.schedules), seed, parts)));
	say(`Random schedules: ${values.schedules}, seeds ${seed} to ${seed + parts - 1}`);
	say(
		`${broken.length} broke a rule${broken.length === 0 ? '' : ': each belongs into seeds.json'}`,
	);
	for (const one of broken) say(one);
	return broken.length === 0 ? 0 : 1;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
		process.exitCode = 1;
	},
);
