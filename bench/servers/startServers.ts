import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ServerUrls } from './settings';

export interface Servers {
	readonly urls: ServerUrls;
	stop(): Promise<void>;
}

/** Starts service and wallet in a process of their own. */
export async function startServers(): Promise<Servers> {
	const child = fork(join(__dirname, 'serversMain.ts'));
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const urls = await new Promise<ServerUrls>((resolve, reject) => {
		child.once('message', (message) => resolve(message as ServerUrls));
		child.once('exit', () => reject(new Error('The servers ended before they were ready')));
	});
	return {
		urls,
		stop: async () => {
			child.kill();
			await exited;
		},
	};
}
