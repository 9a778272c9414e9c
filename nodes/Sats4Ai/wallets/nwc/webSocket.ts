/** The part of a WebSocket that is used here: the global one of Node 22 and later fits. */
export interface WebSocketLike {
	addEventListener(type: 'close' | 'error' | 'open', listener: () => void): void;
	addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
	send(text: string): void;
	close(): void;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** Node's own, or undefined before Node 22. */
export function nodeWebSocket(): WebSocketConstructor | undefined {
	return typeof WebSocket === 'undefined' ? undefined : WebSocket;
}
