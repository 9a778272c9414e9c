// Run by randomParts.ts: a number of schedules and a seed.
import { violate } from '../violate';

const [schedules, seed] = process.argv.slice(2).map(Number);

violate(schedules ?? 0, seed ?? 0).then(
	(found) => {
		process.stdout.write(found ?? '');
		process.exitCode = found === null ? 0 : 1;
	},
	(cause: unknown) => {
		process.stdout.write(String(cause));
		process.exitCode = 1;
	},
);
