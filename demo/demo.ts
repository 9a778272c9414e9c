import { readCommandLine, USAGE } from './commandLine';
import { readPhotographs } from './photographs';

const WRONG_USAGE = 2;

async function main(): Promise<number> {
	const wishes = readCommandLine(process.argv.slice(2));
	if (wishes.status === 'help') {
		process.stdout.write(USAGE);
		return 0;
	}
	if (wishes.status === 'misunderstood') {
		process.stderr.write(`${wishes.problem}\n\n${USAGE}`);
		return WRONG_USAGE;
	}
	const read = await readPhotographs(wishes.paths);
	if (read.status === 'unusable') {
		process.stderr.write(`${read.problems.join('\n')}\n\nNothing was bought.\n\n${USAGE}`);
		return WRONG_USAGE;
	}
	for (const problem of read.leftOut) process.stdout.write(`Left out: ${problem}\n`);
	// Loading n8n takes a second or two, which nobody should wait for to be told of a slip.
	const { demo } = await import('./buyPictures.js');
	return await demo(read.photographs, wishes);
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
		process.exitCode = 1;
	},
);
