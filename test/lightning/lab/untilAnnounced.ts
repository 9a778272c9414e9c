import WebSocket from 'ws';

const WITHIN_MS = 60_000;
/** NIP-47: what a wallet can do. */
const INFO_KIND = 13_194;

/** Waits until a wallet has announced itself on its relay, which takes a moment with a new connection. */
export async function untilAnnounced(relayUrl: string, walletKey: string): Promise<void> {
	await findAnnouncement(relayUrl, walletKey);
}

/** Puts the announcement of a wallet on another relay, where the wallet itself is not. */
export async function copyAnnouncement(from: string, to: string, walletKey: string): Promise<void> {
	const announcement = await findAnnouncement(from, walletKey);
	await talk(to, ['EVENT', announcement], ([kind]) => (kind === 'OK' ? true : undefined));
}

async function findAnnouncement(relayUrl: string, walletKey: string): Promise<unknown> {
	const wish = { kinds: [INFO_KIND], authors: [walletKey] };
	return await talk(relayUrl, ['REQ', 'announcement', wish], ([kind, , event]) =>
		kind === 'EVENT' ? event : undefined,
	);
}

/** Says something to a relay, and waits for an answer that `read` makes something of. */
async function talk(
	relayUrl: string,
	message: readonly unknown[],
	read: (answer: readonly unknown[]) => unknown,
): Promise<unknown> {
	const socket = new WebSocket(relayUrl);
	try {
		return await new Promise((resolve, reject) => {
			const late = new Error(`${relayUrl} did not answer to ${JSON.stringify(message)}`);
			const timer = setTimeout(() => reject(late), WITHIN_MS);
			socket.once('close', () => clearTimeout(timer));
			socket.once('error', reject);
			socket.once('open', () => socket.send(JSON.stringify(message)));
			socket.on('message', (data: Buffer) => {
				const answer = read(JSON.parse(data.toString()) as unknown[]);
				if (answer !== undefined) resolve(answer);
			});
		});
	} finally {
		socket.close();
	}
}
