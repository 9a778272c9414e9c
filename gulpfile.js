const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const { readdir, readFile, rename, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

// n8n looks these up by path (package.json, "n8n") and by the class named like the file.
const ENTRIES = ['nodes/Sats4Ai/Sats4Ai.node.ts', 'credentials/LightningWalletApi.credentials.ts'];
const TARGET = 'node20';
// Built aside and moved to dist as a whole: a failed build leaves the last good one alone.
const STAGING = join('node_modules', '.cache', `build-${process.pid}`);
process.on('exit', () => rmSync(STAGING, { recursive: true, force: true }));

function typecheck() {
	const tsc = require.resolve('typescript/bin/tsc');
	return spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

/** A file for each entry, and for each library: no run-time dependency but n8n itself. */
async function bundle() {
	const { bundleLibraries, lazyLibraries } = await import('./scripts/lazy-libraries.mjs');
	const options = {
		entryPoints: ENTRIES,
		outbase: '.',
		outdir: STAGING,
		bundle: true,
		platform: 'node',
		target: TARGET,
		format: 'cjs',
		external: ['n8n-workflow'],
		// What fflate has for Node begins with worker threads, which n8n does not allow.
		alias: { fflate: 'fflate/browser' },
		define: { globalThis: 'nodeGlobals' },
		inject: ['scripts/node-globals.mjs'],
		charset: 'utf8',
		legalComments: 'inline',
		tsconfig: 'tsconfig.build.json',
		metafile: true,
		logLevel: 'warning',
	};
	const { metafile } = await esbuild.build({ ...options, plugins: [lazyLibraries] });
	const libraries = await bundleLibraries(options, join(STAGING, 'nodes', 'Sats4Ai'));
	const outputs = { ...metafile.outputs, ...libraries };
	await checkGlobals(Object.keys(outputs));
	await Promise.all(Object.keys(metafile.outputs).map((file) => shorten(file)));
	// Nobody reads libraries here: their sources are theirs. All of their names are shortened.
	await Promise.all(Object.keys(libraries).map((file) => shorten(file, { format: 'cjs' })));
	const notice = await thirdPartyNotice(Object.values(outputs).map(({ inputs }) => inputs));
	if (notice) await writeFile(join(STAGING, 'THIRD_PARTY_LICENSES.txt'), notice);
}

/**
 * White space goes, and the names of parameters and of what is local to a function are shortened.
 * Names of functions, classes, constants and fields stay as they are in the sources, since a script
 * (which esbuild takes this for) may share them: so a stack trace and a reviewer find their way.
 */
async function shorten(file, changes = {}) {
	const code = await readFile(file, 'utf8');
	const options = { minify: true, charset: 'utf8', lineLimit: 1500, target: TARGET, ...changes };
	await writeFile(file, (await esbuild.transform(code, options)).code);
}

/** A library that wants more of `globalThis` than it gets would find `undefined` and carry on. */
async function checkGlobals(files) {
	const { nodeGlobals } = await import('./scripts/node-globals.mjs');
	for (const file of files) {
		const code = await readFile(file, 'utf8');
		for (const [, name] of code.matchAll(/\bnodeGlobals\s*\.\s*(\w+)/g)) {
			if (!(name in nodeGlobals)) {
				throw new Error(`${file} uses globalThis.${name}: add it to scripts/node-globals.mjs`);
			}
		}
	}
}

/** The licenses of all packages of which code ended up in a bundle; empty when there are none. */
async function thirdPartyNotice(inputs) {
	const used = inputs
		.flatMap((input) => Object.entries(input))
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
	const folders = used.map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
	const notices = [...new Set(folders)].filter(Boolean).sort().map(licenseOf);
	return (await Promise.all(notices)).join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenseOf(folder) {
	const { name, version, license } = JSON.parse(
		await readFile(join(folder, 'package.json'), 'utf8'),
	);
	const files = (await readdir(folder)).filter((entry) => /^licen[cs]e/i.test(entry));
	// Where there is a choice, the shorter one.
	const file = files.find((entry) => /mit/i.test(entry)) ?? files[0];
	if (!file) throw new Error(`${name} is bundled and has no license file to pass on`);
	const text = await readFile(join(folder, file), 'utf8');
	return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Icons and the codex file, which n8n expects beside the compiled file. */
function assets() {
	return src('{nodes,credentials}/**/*.{svg,node.json}', { base: '.', encoding: false }).pipe(
		dest(STAGING),
	);
}

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function publish() {
	await rename(STAGING, 'dist');
}

exports.clean = clean;
exports.build = series(parallel(typecheck, bundle, assets), clean, publish);
// Without the types, which take ten times as long as the rest: for those who only run it.
exports.quick = series(parallel(bundle, assets), clean, publish);
exports.default = exports.build;
