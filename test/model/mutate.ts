import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { build as bundle } from 'esbuild';
import type { Mutant } from './mutants';

const MODEL = resolve(__dirname, 'violate.ts');
const NODE_SOURCES = resolve(__dirname, '../../nodes/Sats4Ai');

/** The model test over a changed source: resolves to the first violation it finds, or null. */
export type Violate = (
	numRuns: number,
	seed: number,
	shrink: boolean,
	first?: number,
) => Promise<string | null>;

/** Compiles the model together with the node's sources, one of them changed (or none). */
export async function modelOf(mutant: Mutant | null): Promise<Violate> {
	const { outputFiles } = await bundle({
		entryPoints: [MODEL],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'cjs',
		packages: 'external',
		logLevel: 'silent',
		plugins: [
			{
				name: 'mutant',
				setup(build) {
					if (mutant === null) return;
					const source = resolve(NODE_SOURCES, mutant.file);
					build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
						path === source ? { contents: changed(path, mutant), loader: 'ts' } : undefined,
					);
				},
			},
		],
	});
	const module: { exports: { violate?: Violate } } = { exports: {} };
	const run = compileFunction(outputFiles[0]?.text ?? '', ['module', 'exports', 'require']) as (
		...args: unknown[]
	) => void;
	run(module, module.exports, require);
	if (module.exports.violate === undefined) throw new Error('The model exports nothing to run');
	return module.exports.violate;
}

function changed(path: string, { find, replace }: Mutant): string {
	const source = readFileSync(path, 'utf8');
	if (source.split(find).length !== 2) {
		throw new Error(`A mutant does not fit its file any more: ${find}`);
	}
	return source.replace(find, () => replace);
}
