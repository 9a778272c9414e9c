import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run test:n8n [-- [--only cli|rest|editor|queue|examples]… [--n8n VERSION]… [--name TEXT]… [--full] [--abreast] [--screenshots] [--report FILE]]

  --only   these parts: n8n's command line, its server, its editor in a browser, its queue mode, the workflows in examples/
  --n8n    these versions, of those in test/n8n/install/versions.ts
  --name   scenarios with this, or one of these, in their name
  --full   the outbox in queue mode with 40 executions in place of 10
  --abreast   the versions at the same time: faster, where there are processors to spare
  --screenshots   renew the pictures of the editor in docs/images
  --report   write the totals to this file, as JSON
`;

export interface Wishes {
	/** Empty: all of them. */
	readonly parts: readonly string[];
	readonly versions: readonly string[];
	readonly names: readonly string[];
	/** Whether what can be done at length is. */
	readonly full: boolean;
	/** Whether the versions run at the same time. */
	readonly abreast: boolean;
	readonly screenshots: boolean;
	/** A file for the totals; null: none. */
	readonly report: string | null;
}

/** Reads the arguments after the script's own name. Throws where they make no sense. */
export function readArguments(args: string[]): Wishes {
	const { values } = parseArgs({
		args,
		options: {
			only: { type: 'string', multiple: true, default: [] },
			n8n: { type: 'string', multiple: true, default: [] },
			name: { type: 'string', multiple: true, default: [] },
			full: { type: 'boolean', default: false },
			abreast: { type: 'boolean', default: false },
			screenshots: { type: 'boolean', default: false },
			report: { type: 'string' },
		},
	});
	const { only: parts, n8n: versions, name: names, report = null, ...others } = values;
	return { parts, versions, names, report, ...others };
}
