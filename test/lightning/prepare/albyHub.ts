import { execFile } from 'node:child_process';
import {
	chmodSync,
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, inputKey } from './cacheFolder';
import { findGo } from './goPrograms';
import { broken, isMissing, lacks, type Missing } from './prepared';
import { lastLines, runProgram } from './runProgram';

const SOURCE = resolve(__dirname, '..', 'go', 'hub');
const HUB = 'github.com/getAlby/hub';
/** Folders of the native library in its module. */
const LIBRARIES: Readonly<Record<string, string>> = {
	x64: 'x86_64-unknown-linux-gnu',
	arm64: 'aarch64-unknown-linux-gnu',
};

export interface AlbyHubProgram {
	readonly program: string;
	/** Where its native library is. */
	readonly libraryFolder: string;
}

/**
 * Builds Alby Hub. Its module leaves out the web pages that its server embeds, so it is built from a
 * copy of the module with an empty page; and from a `main` of our own, which listens on the loopback
 * only.
 */
export async function prepareAlbyHub(
	log: (line: string) => void,
): Promise<AlbyHubProgram | Missing> {
	const library = LIBRARIES[process.arch];
	if (process.platform !== 'linux' || library === undefined) return lacks('no Linux');
	const go = await findGo();
	if (isMissing(go)) return go;
	if ((await runProgram('cc', ['--version'])).code !== 0) return lacks('no C compiler');
	const inputs = ['go.mod', 'go.sum', join('loopback', 'main.go')];
	const key = inputKey(
		inputs.map((file) => join(SOURCE, file)),
		[go],
	);
	const libraryFolder = cacheFolder(`hub-${key}`);
	const program = join(libraryFolder, 'hub');
	if (existsSync(program)) return { program, libraryFolder };
	log('Building Alby Hub (once; minutes)');
	const folder = cacheFolder(`hub-${key}`, 'source');
	const steps = build(folder, join(folder, 'hub.new'), libraryFolder, library);
	const failure = await steps.then(
		() => null,
		(cause: unknown) => String(cause),
	);
	if (failure !== null) {
		log(failure);
		return broken('Go cannot build Alby Hub');
	}
	renameSync(join(folder, 'hub.new'), program);
	rmSync(folder, { recursive: true });
	return { program, libraryFolder };
}

async function build(
	folder: string,
	target: string,
	libraryFolder: string,
	library: string,
): Promise<void> {
	const go = async (cwd: string, ...args: string[]): Promise<string> => {
		const end = await runProgram('go', args, { cwd, env: { CGO_ENABLED: '1' } });
		if (end.code !== 0) throw new Error(lastLines(end));
		return end.stdout;
	};
	const module = JSON.parse(await go(SOURCE, 'mod', 'download', '-json', HUB)) as { Dir: string };
	const copy = join(folder, 'hub');
	rmSync(folder, { recursive: true, force: true });
	cpSync(SOURCE, folder, { recursive: true });
	cpSync(module.Dir, copy, { recursive: true });
	// The module cache is read-only, and so is a copy of it.
	await promisify(execFile)('chmod', ['-R', 'u+w', copy]);
	mkdirSync(join(copy, 'frontend', 'dist'), { recursive: true });
	writeFileSync(join(copy, 'frontend', 'dist', 'index.html'), '<!doctype html>');
	await go(folder, 'mod', 'edit', `-replace=${HUB}=./hub`);
	await go(folder, 'build', '-ldflags=-s -w', '-o', target, './loopback');
	const where = ['list', '-f', '{{.Dir}}', 'github.com/getAlby/ldk-node-go/ldk_node'];
	const native = join((await go(folder, ...where)).trim(), library);
	for (const file of readdirSync(native)) {
		const own = join(libraryFolder, file);
		copyFileSync(join(native, file), own);
		chmodSync(own, 0o644);
	}
}
