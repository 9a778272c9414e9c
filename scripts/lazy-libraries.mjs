import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { root } from './root.mjs';

/**
 * Libraries that loading the node does without: Nostr Wallet Connect signs, *Get Invoice Only* draws
 * a QR code, and no picture is measured before there is one. n8n loads the node at its start, for
 * everybody, and these are a seventh of the code. Each is a file of its own, loaded
 * at its first use. What the sources import of it: functions, by name. A path is a module of ours,
 * which comes along with the library that it stands in front of.
 */
const LIBRARIES = {
	'nodes/Sats4Ai/wallets/nwc/schnorr': {
		file: 'secp256k1',
		names: ['schnorrPublicKey', 'signSchnorr', 'verifySchnorr'],
	},
	'image-size': { file: 'image-size', names: ['imageSize'] },
	qr: { file: 'qr', names: ['default'] },
};

/** Beside the node's own file. */
const FOLDER = 'libraries';

/** Bundles each library into a file in `folder`; returns the outputs, as in esbuild's metafile. */
export async function bundleLibraries(options, folder) {
	const bundled = Object.entries(LIBRARIES).map(async ([library, { file, names }]) => {
		const source = library.includes('/') ? `./${library}` : library;
		const contents = `export { ${names} } from '${source}'`;
		const { metafile } = await build({
			...options,
			stdin: { contents, resolveDir: '.' },
			entryPoints: undefined,
			outbase: undefined,
			outdir: undefined,
			outfile: join(folder, FOLDER, `${file}.js`),
		});
		return metafile.outputs;
	});
	return Object.assign({}, ...(await Promise.all(bundled)));
}

/** A plugin for esbuild: puts a stand-in in the place of each library. */
export const lazyLibraries = {
	name: 'lazy-libraries',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^[@\w.]/ }, ({ path, resolveDir, namespace }) => {
			if (namespace !== 'file') return undefined;
			const library = path.startsWith('.') ? pathFromRoot(resolveDir, path) : path;
			return library in LIBRARIES ? { path: library, namespace: 'lazy' } : undefined;
		});
		onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ contents: standIn(path) }));
		onResolve({ filter: /^\./, namespace: 'lazy' }, () => ({ external: true }));
	},
};

function pathFromRoot(folder, path) {
	return relative(root, join(folder, path)).split(sep).join('/');
}

/** A module that looks like the library and loads it when something of it is called. */
function standIn(library) {
	const { file, names } = LIBRARIES[library];
	return names
		.map((name) => {
			const value = `(...args) => require('./${FOLDER}/${file}.js').${name}(...args)`;
			return name === 'default' ? `export default ${value};` : `export const ${name} = ${value};`;
		})
		.join('\n');
}
