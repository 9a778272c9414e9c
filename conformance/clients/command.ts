import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { toEnvironment, type Client } from '../order';

/** A call that takes longer is ended: a client that waits for ever has not bought anything. */
const LONGEST_CALL_MS = 120_000;

/** Any client that can be started from a shell. Its exit code counts for nothing. */
export function commandClient(command: string): Client {
	return async (order) => {
		const child = spawn(command, {
			shell: true,
			env: { ...process.env, ...toEnvironment(order) },
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: LONGEST_CALL_MS,
		});
		const ended = once(child, 'close');
		const [printed, warned] = await Promise.all([text(child.stdout), text(child.stderr)]);
		await ended;
		return { output: `${printed}${warned}` };
	};
}
