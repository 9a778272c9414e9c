import { build } from 'esbuild';

/**
 * Libraries that only some purchases need: Nostr Wallet Connect signs, *Get Invoice Only* draws a
 * QR code. n8n loads the node at its start, for everybody; these take as long to set up as all the
 * rest, and are set up at their first use. What the sources import of each: a function or, with
 * its methods, an object.
 */
const LIBRARIES = {
	'@noble/curves/secp256k1.js': { schnorr: ['getPublicKey', 'sign', 'verify'] },
	'fast-png': { encode: null },
	qr: { default: null },
};

/** A plugin for esbuild. `inputs` receives what of them is bundled, as in esbuild's metafile. */
export function lazyLibraries(options, inputs) {
	return {
		name: 'lazy-libraries',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /^[@\w]/ }, ({ path, namespace }) =>
				namespace === 'file' && path in LIBRARIES ? { path, namespace: 'lazy' } : undefined,
			);
			onLoad({ filter: /./, namespace: 'lazy' }, ({ path }) => ({ contents: standIn(path) }));
			onResolve({ filter: /^whole:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'whole' }));
			onLoad({ filter: /./, namespace: 'whole' }, async ({ path }) => {
				const { outputFiles, metafile } = await build({
					...options,
					stdin: {
						contents: `export { ${Object.keys(LIBRARIES[path])} } from '${path}'`,
						resolveDir: '.',
					},
					entryPoints: undefined,
					outdir: undefined,
					outfile: 'library.js',
					write: false,
					// Nobody reads these here: their source is theirs.
					minifySyntax: true,
				});
				for (const output of Object.values(metafile.outputs)) inputs.push(output.inputs);
				return { contents: outputFiles[0].text };
			});
		},
	};
}

/** A module that looks like the library and loads it when something of it is called. */
function standIn(library) {
	const call = (what) => `(...args) => require('whole:${library}').${what}(...args)`;
	return Object.entries(LIBRARIES[library])
		.map(([name, methods]) => {
			const object = methods?.map((method) => `${method}: ${call(`${name}.${method}`)}`);
			const value = object === undefined ? call(name) : `{ ${object.join(', ')} }`;
			return name === 'default' ? `export default ${value};` : `export const ${name} = ${value};`;
		})
		.join('\n');
}
