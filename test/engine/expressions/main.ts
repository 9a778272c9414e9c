// One sweep in a process of its own: prints what it found. The plan is its only argument.
import { sweep, type Plan } from './sweep';

sweep(JSON.parse(process.argv[2] ?? '') as Plan).then(
	(found) => process.stdout.write(JSON.stringify(found)),
	(cause: unknown) => {
		process.stderr.write(String(cause instanceof Error ? cause.stack : cause));
		process.exitCode = 1;
	},
);
