import { chownSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../install/runCommand';
import { freePort } from '../rig/freePort';
import { removeFolder, usedFolders } from '../rig/leaveNothing';
import { Service } from '../rig/service';
import { postgresUser, type QueuePrograms } from './programs';

/** A Redis and a PostgreSQL of our own, empty, on ports of this machine. */
export interface Stores {
	/** How n8n is told to use them. */
	readonly env: NodeJS.ProcessEnv;
	/** Ends Redis with `kill -9` and starts it again on its port: all that it held is gone. */
	restartRedis(): Promise<void>;
	/** Ends PostgreSQL, which cuts its clients off, and starts it again on its port with what it held. */
	restartPostgres(): Promise<void>;
	close(): Promise<void>;
}

export async function openStores(programs: QueuePrograms): Promise<Stores> {
	// Not in a home folder: PostgreSQL's user must be able to reach it.
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-sats4ai-queue-'));
	usedFolders.add(folder);
	const redisPort = await freePort();
	let redis = await startRedis(programs, folder, redisPort);
	const postgresPort = await freePort();
	await makeDatabase(programs, folder);
	let postgres = await startPostgres(programs, folder, postgresPort);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redisPort),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgresPort),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
		},
		restartRedis: async () => {
			await redis.kill();
			redis = await startRedis(programs, folder, redisPort);
		},
		restartPostgres: async () => {
			await postgres.interrupt();
			postgres = await startPostgres(programs, folder, postgresPort);
		},
		close: async () => {
			await postgres.stop();
			await redis.stop();
			removeFolder(folder);
		},
	};
}

async function startRedis(
	{ redisServer }: QueuePrograms,
	cwd: string,
	port: number,
): Promise<Service> {
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
	return await Service.start({ program: redisServer, args, cwd, env: process.env }, (log) =>
		log.includes('Ready to accept connections'),
	);
}

const dataIn = (folder: string): string => join(folder, 'postgres');

async function makeDatabase({ initdb }: QueuePrograms, folder: string): Promise<void> {
	const as = await postgresUser();
	const data = dataIn(folder);
	mkdirSync(data);
	if (as !== undefined) {
		chownSync(folder, as.uid, as.gid);
		chownSync(data, as.uid, as.gid);
	}
	const init = ['-D', data, '-U', 'n8n', '-A', 'trust', '--no-sync', '--locale=C', '-E', 'UTF8'];
	const made = await runCommand(initdb, init, { cwd: folder, ...as });
	if (made.code !== 0) throw new Error(`initdb: ${made.stderr}`);
}

async function startPostgres(
	{ postgres }: QueuePrograms,
	folder: string,
	port: number,
): Promise<Service> {
	const as = await postgresUser();
	const data = dataIn(folder);
	const settings = [
		`port=${port}`,
		'listen_addresses=127.0.0.1',
		`unix_socket_directories=${data}`,
		'fsync=off',
		'max_connections=200',
	].flatMap((setting) => ['-c', setting]);
	return await Service.start(
		{
			program: postgres,
			args: ['-D', data, ...settings],
			cwd: folder,
			env: process.env,
			...(as === undefined ? {} : { as }),
		},
		(log) => log.includes('ready to accept connections'),
	);
}
