import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../install/runCommand';

const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** What n8n's queue mode needs besides n8n, as Debian installs it. */
export interface QueuePrograms {
	readonly redisServer: string;
	readonly initdb: string;
	readonly postgres: string;
}

/** null where one of them is missing. */
export function queuePrograms(): QueuePrograms | null {
	const redisServer = (process.env.PATH ?? '')
		.split(delimiter)
		.map((folder) => join(folder, 'redis-server'))
		.find(existsSync);
	const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER) : [];
	const bin = versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(POSTGRES_FOLDER, version, 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
	if (redisServer === undefined || bin === undefined) return null;
	return { redisServer, initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

/** Whose process PostgreSQL has to be: it refuses to be root's. */
export async function postgresUser(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (what) => (await runCommand('id', [what, 'postgres'])).stdout),
	);
	return { uid: Number(uid), gid: Number(gid) };
}
