import type { Buy } from './buyPictures';
import { readCommandLine, USAGE } from './commandLine';
import { readPhotographs } from './photographs';
import type { Screen } from './progress';

const WRONG_USAGE = 2;

/**
 * Does what the command line says. Resolves to the exit code.
 *
 * @param load Loading n8n takes a second or two, which nobody should wait for to be told of a slip.
 */
export async function run(
	args: string[],
	out: Screen,
	problems: Screen,
	load: () => Promise<Buy>,
): Promise<number> {
	const wishes = readCommandLine(args);
	if (wishes.status === 'help') {
		out.write(USAGE);
		return 0;
	}
	if (wishes.status === 'misunderstood') {
		problems.write(`${wishes.problem}\n\n${USAGE}`);
		return WRONG_USAGE;
	}
	const read = await readPhotographs(wishes.paths);
	if (read.status === 'unusable') {
		problems.write(`${read.problems.join('\n')}\n\nNothing was bought.\n\n${USAGE}`);
		return WRONG_USAGE;
	}
	for (const problem of read.leftOut) out.write(`Left out: ${problem}\n`);
	const demo = await load();
	return await demo(read.photographs, wishes, out, problems);
}
