import { run } from './run';

const load = async () => (await import('./buyPictures.js')).demo;

run(process.argv.slice(2), process.stdout, process.stderr, load).then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
		process.exitCode = 1;
	},
);
