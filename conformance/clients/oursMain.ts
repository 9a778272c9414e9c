// tsx conformance/clients/oursMain.ts: the example of a client that is started as a command
import { fromEnvironment } from '../order';
import { lendWebSocket } from './lendWebSocket';
import { ours } from './ours';

lendWebSocket();
ours(fromEnvironment(process.env)).then(
	({ output }) => {
		process.stdout.write(output);
		process.exitCode = output === '' ? 0 : 1;
	},
	(cause: unknown) => {
		process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
		process.exitCode = 1;
	},
);
