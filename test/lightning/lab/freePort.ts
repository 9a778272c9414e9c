import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what operating systems give to outgoing connections: a server may take its port only a minute
 * after it was told which, and none of these may have it by then.
 */
const LOWEST = 12_000;
const HIGHEST = 32_000;

/** A port on the loopback where nobody listens. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(LOWEST, HIGHEST);
		if (await isFree(port)) return port;
	}
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
