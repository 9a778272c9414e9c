import { runInThisContext } from 'node:vm';
import { WebSocket } from 'undici';

/**
 * Gives the process a WebSocket where it has none, as on Node 20: the built node looks for one there, outside
 * of a test runner's own globals. Returns what takes it back.
 */
export function lendWebSocket(): () => void {
	const globals = runInThisContext('globalThis') as { WebSocket?: unknown };
	if (globals.WebSocket !== undefined) return () => undefined;
	globals.WebSocket = WebSocket;
	return () => {
		delete globals.WebSocket;
	};
}
