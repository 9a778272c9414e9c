import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below those that systems give to outgoing connections: nobody takes one before n8n has it. */
const PORTS = { from: 15_000, to: 32_000 };

/** A port that is free now. n8n takes numbers only, and cannot be asked which one it took. */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(PORTS.from, PORTS.to);
		if (await isFree(port)) return port;
	}
}

async function isFree(port: number): Promise<boolean> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (cause: NodeJS.ErrnoException) => {
			if (cause.code === 'EADDRINUSE') resolve(false);
			else reject(cause);
		});
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
