import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const OUTPUT_FOLDER = resolve(__dirname, 'output');

export const USAGE = `Usage: npm run demo [-- [--trouble] [--output FOLDER] photo.jpg …]

Without photographs, one picture is generated, edited, colorized, restored and upscaled.
With photographs, each of them is colorized, restored and upscaled.

  --trouble   service and wallet fail in several ways on the way
  --output    where pictures and receipts.json go, instead of demo/output
`;

export interface Wishes {
	readonly paths: readonly string[];
	/** Absolute. */
	readonly outputFolder: string;
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
				trouble: { type: 'boolean', default: false },
			},
		});
		if (values.help) return { status: 'help' };
		const outputFolder = resolve(callersFolder(), values.output);
		return { status: 'understood', paths: positionals, outputFolder, trouble: values.trouble };
	} catch (cause) {
		return {
			status: 'misunderstood',
			problem: cause instanceof Error ? cause.message : String(cause),
		};
	}
}
