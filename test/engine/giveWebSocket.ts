import { runInThisContext } from 'node:vm';
import { WebSocket } from 'undici';

/**
 * For a test file: Node 20 has none. The built node runs outside of Jest's own globals, like n8n. Other test
 * files of the same process are to find none.
 */
export function giveWebSocket(): void {
	const globals = runInThisContext('globalThis') as { WebSocket?: unknown };
	const { WebSocket: own } = globals;
	beforeAll(() => {
		globals.WebSocket ??= WebSocket;
	});
	afterAll(() => {
		globals.WebSocket = own;
	});
}
