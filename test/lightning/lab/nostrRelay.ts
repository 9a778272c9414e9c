import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './freePort';
import { ServerProcess } from './serverProcess';

export interface NostrRelay {
	/** `ws://127.0.0.1:port` */
	readonly url: string;
	readonly stop: () => Promise<void>;
}

/** One that wants a login (NIP-42) of whoever pays, and lets in only those it was told of. */
export interface MemberRelay extends NostrRelay {
	/** From now on these may come in: public keys, hex. */
	readonly admit: (publicKeys: readonly string[]) => void;
}

/** A relay open to all, from npm. */
export async function startNostrRelay(packages: string, folder: string): Promise<NostrRelay> {
	mkdirSync(folder);
	const port = await freePort();
	const server = ServerProcess.start({
		name: 'Nostr relay',
		command: process.execPath,
		args: [join(packages, 'relay.mjs')],
		cwd: folder,
		env: { RELAY_PORT: String(port) },
		logFile: join(folder, 'output.log'),
	});
	return await whenListening(server, port);
}

/** A relay of the khatru library, `go/relay`. */
export async function startMemberRelay(program: string, folder: string): Promise<MemberRelay> {
	mkdirSync(folder);
	const port = await freePort();
	const membersFile = join(folder, 'members');
	const admit = (keys: readonly string[]) => writeFileSync(membersFile, keys.join('\n'));
	admit([]);
	const server = ServerProcess.start({
		name: 'Nostr relay with a login',
		command: program,
		args: [],
		cwd: folder,
		env: { RELAY_PORT: String(port), RELAY_MEMBERS: membersFile },
		logFile: join(folder, 'output.log'),
	});
	return { ...(await whenListening(server, port)), admit };
}

async function whenListening(server: ServerProcess, port: number): Promise<NostrRelay> {
	// What is no WebSocket gets some answer, too.
	const isUp = async () => ((await fetch(`http://127.0.0.1:${port}`)).status > 0 ? true : null);
	await server.until('answer', isUp).catch(async (cause: unknown) => {
		await server.stop();
		throw cause;
	});
	return { url: `ws://127.0.0.1:${port}`, stop: async () => await server.stop() };
}
