import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Libraries that loading the node does without: Nostr Wallet Connect signs, *Get Invoice Only* draws
 * a QR code, and no picture is measured before there is one. n8n loads the node at its start, for
 * everybody, and these take as long to read as half of the rest. Each is a file of its own, loaded
 * at its first use. What the sources import of it: a function or, with its methods, an object.
 */
const LIBRARIES = {
	'@noble/curves/secp256k1.js': { file: 'secp256k1', schnorr: ['getPublicKey', 'sign', 'verify'] },
	'fast-png': { file: 'fast-png', encode: null },
	'image-size': { file: 'image-size', imageSize: null },
	qr: { file: 'qr', default: null },
};

/** Beside the node's own file. */
const FOLDER = 'libraries';

/** Bundles each library into a file in `folder`; returns the outputs, as in esbuild's metafile. */
export async function bundleLibraries(options, folder) {
	const bundled = Object.entries(LIBRARIES).map(async ([library, { file, ...names }]) => {
		const contents = `export { ${Object.keys(names)} } from '${library}'`;
		const { metafile } = await build({
			...options,
			stdin: { contents, resolveDir: '.' },
			entryPoints: undefined,
			outbase: undefined,
			outdir: undefined,
			outfile: join(folder, FOLDER, `${file}.js`),
			// Nobody reads these here: their source is theirs.
			minifySyntax: true,
			lineLimit: 300,
		});
		return metafile.outputs;
	});
	return Object.assign({}, ...(await Promise.all(bundled)));
}

/** A plugin for esbuild: puts a stand-in in the place of each library. */
export const lazyLibraries = {
	name: 'lazy-libraries',
	setup({ onResolve, onLoad }) {
		onResolve({ filter: /^[@\w]/ }, ({ path, namespace }) =>
			namespace === 'file' && path in LIBRARIES ? { path, namespace: 'lazy' } : undefined,
		);
		onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ contents: standIn(path) }));
		onResolve({ filter: /^\./, namespace: 'lazy' }, () => ({ external: true }));
	},
};

/** A module that looks like the library and loads it when something of it is called. */
function standIn(library) {
	const { file, ...names } = LIBRARIES[library];
	const call = (what) => `(...args) => require('./${FOLDER}/${file}.js').${what}(...args)`;
	return Object.entries(names)
		.map(([name, methods]) => {
			const object = methods?.map((method) => `${method}: ${call(`${name}.${method}`)}`);
			const value = object === undefined ? call(name) : `{ ${object.join(', ')} }`;
			return name === 'default' ? `export default ${value};` : `export const ${name} = ${value};`;
		})
		.join('\n');
}
