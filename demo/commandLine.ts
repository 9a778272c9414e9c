import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const OUTPUT_FOLDER = resolve(__dirname, 'output');

export const USAGE = `Usage: npm run demo [-- [--all] [--trouble] [--output FOLDER] photo.jpg …]

Without photographs, one picture is generated, edited, colorized, restored and upscaled.
With photographs, each of them is colorized, restored and upscaled.

  --all       every operation there is: also deblurs, removes an object, removes the background
  --trouble   service and wallet fail in several ways on the way
  --output    where pictures and receipts.json go, instead of demo/output
`;

export interface Wishes {
	readonly paths: readonly string[];
	/** Absolute. */
	readonly outputFolder: string;
	/** Whether every operation is bought, also the dear ones. */
	readonly all: boolean;
	readonly trouble: boolean;
}

export type CommandLine =
	| ({ readonly status: 'understood' } & Wishes)
	| { readonly status: 'help' }
	| { readonly status: 'misunderstood'; readonly problem: string };

/** Where the person is; npm itself goes to the package's folder. Relative paths start here. */
export function callersFolder(): string {
	return process.env.INIT_CWD ?? process.cwd();
}

/** Reads the arguments after the script's own name. */
export function readCommandLine(args: string[]): CommandLine {
	try {
		const { values, positionals } = parseArgs({
			args,
			allowPositionals: true,
			options: {
				help: { type: 'boolean', short: 'h', default: false },
				output: { type: 'string', default: OUTPUT_FOLDER },
				all: { type: 'boolean', default: false },
				trouble: { type: 'boolean', default: false },
			},
		});
		if (values.help) return { status: 'help' };
		const { output, all, trouble } = values;
		const outputFolder = resolve(callersFolder(), output);
		return { status: 'understood', paths: positionals, outputFolder, all, trouble };
	} catch (cause) {
		return {
			status: 'misunderstood',
			problem: cause instanceof Error ? cause.message : String(cause),
		};
	}
}
