import WebSocket from 'ws';

const WITHIN_MS = 60_000;
/** NIP-47: what a wallet can do. */
const INFO_KIND = 13_194;

/** Waits until a wallet has announced itself on its relay, which takes a moment with a new connection. */
export async function untilAnnounced(relayUrl: string, walletKey: string): Promise<void> {
	const socket = new WebSocket(relayUrl);
	const wish = { kinds: [INFO_KIND], authors: [walletKey] };
	try {
		await new Promise<void>((resolve, reject) => {
			const late = new Error('The wallet does not announce itself');
			const timer = setTimeout(() => reject(late), WITHIN_MS);
			socket.once('close', () => clearTimeout(timer));
			socket.once('error', reject);
			socket.once('open', () => socket.send(JSON.stringify(['REQ', 'announcement', wish])));
			socket.on('message', (message: Buffer) => {
				const [kind] = JSON.parse(message.toString()) as [string];
				if (kind === 'EVENT') resolve();
			});
		});
	} finally {
		socket.close();
	}
}
