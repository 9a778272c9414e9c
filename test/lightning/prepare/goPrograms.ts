import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder, inputKey } from './cacheFolder';
import { broken, isMissing, lacks, type Missing } from './prepared';
import { lastLines, runProgram } from './runProgram';

interface GoProgram {
	/** File name in the cache, and what it is called in messages. */
	readonly name: string;
	/** Folder under `go/` whose `go.mod` names the program as a tool, and its version. */
	readonly module: string;
	readonly package: string;
	readonly tags: readonly string[];
	/** Its sources, where they are in that folder. */
	readonly sources?: readonly string[];
}

/** LND's own servers that are left out of a plain build, and are part of every release. */
const LND_TAGS = ['chainrpc', 'invoicesrpc', 'peersrpc', 'routerrpc', 'signrpc', 'walletrpc'];

const PROGRAMS = {
	btcd: { module: 'buyer', package: 'github.com/btcsuite/btcd', tags: [] },
	lnd21: {
		module: 'buyer',
		package: 'github.com/lightningnetwork/lnd/cmd/lnd',
		tags: LND_TAGS,
	},
	lncli: {
		module: 'buyer',
		package: 'github.com/lightningnetwork/lnd/cmd/lncli',
		tags: LND_TAGS,
	},
	memberRelay: {
		module: 'relay',
		package: 'sats4ai.test/relay',
		tags: [],
		sources: ['main.go'],
	},
	aperture: {
		module: 'seller',
		package: 'github.com/lightninglabs/aperture/cmd/aperture',
		tags: [],
	},
	lnd20: {
		module: 'seller',
		package: 'github.com/lightningnetwork/lnd/cmd/lnd',
		tags: LND_TAGS,
	},
} as const satisfies Record<string, Omit<GoProgram, 'name'>>;

/** Absolute paths of the programs. */
export type GoPrograms = Readonly<Record<keyof typeof PROGRAMS, string>>;

/** From here on, Go fetches the newer Go that a module asks for. */
const OLDEST_GO = 21;

/** What `go version` says, or why Go cannot build anything here. */
export async function findGo(): Promise<string | Missing> {
	const { code, stdout } = await runProgram('go', ['version']);
	if (code !== 0) return lacks('no Go');
	const [, minor] = /\bgo1\.(\d+)/.exec(stdout) ?? [];
	return Number(minor) < OLDEST_GO ? lacks(`Go 1.${minor} is too old`) : stdout.trim();
}

/** Builds what is not in the cache yet, one after the other: each build takes all cores. */
export async function prepareGoPrograms(
	log: (line: string) => void,
): Promise<GoPrograms | Missing> {
	const version = await findGo();
	if (isMissing(version)) return version;
	const paths: Partial<Record<keyof typeof PROGRAMS, string>> = {};
	for (const [name, program] of Object.entries(PROGRAMS)) {
		const built = await build({ name, ...program }, version, log);
		if (typeof built !== 'string') return built;
		paths[name as keyof typeof PROGRAMS] = built;
	}
	return paths as GoPrograms;
}

async function build(
	{ name, module, package: path, tags, sources = [] }: GoProgram,
	goVersion: string,
	log: (line: string) => void,
): Promise<string | Missing> {
	const cwd = resolve(__dirname, '..', 'go', module);
	const inputs = ['go.mod', 'go.sum', ...sources].map((file) => join(cwd, file));
	const key = inputKey(inputs, [goVersion, path, ...tags]);
	const target = join(cacheFolder('bin'), `${name}-${key}`);
	if (existsSync(target)) return target;
	log(`Building ${name} (once; minutes)`);
	const unfinished = `${target}.${process.pid}`;
	const args = ['build', '-ldflags=-s -w', `-tags=${tags.join(',')}`, '-o', unfinished, path];
	const end = await runProgram('go', args, { cwd });
	if (end.code !== 0) {
		log(lastLines(end));
		return broken(`Go cannot build ${name}`);
	}
	renameSync(unfinished, target);
	return target;
}
