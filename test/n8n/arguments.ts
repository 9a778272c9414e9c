import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run test:n8n [-- [--only cli|rest|editor|examples]… [--n8n VERSION]… [--name TEXT] [--screenshots]]

  --only   these parts: n8n's command line, its server, its editor in a browser, the workflows in examples/
  --n8n    these versions, of those in test/n8n/install/versions.ts
  --name   scenarios with this in their name
  --screenshots   renew the pictures of the editor in docs/images
`;

export interface Wishes {
	/** Empty: all of them. */
	readonly parts: readonly string[];
	readonly versions: readonly string[];
	readonly name: string;
	readonly screenshots: boolean;
}

/** Reads the arguments after the script's own name. Throws where they make no sense. */
export function readArguments(args: string[]): Wishes {
	const { values } = parseArgs({
		args,
		options: {
			only: { type: 'string', multiple: true, default: [] },
			n8n: { type: 'string', multiple: true, default: [] },
			name: { type: 'string', default: '' },
			screenshots: { type: 'boolean', default: false },
		},
	});
	const { only: parts, n8n: versions, name, screenshots } = values;
	return { parts, versions, name, screenshots };
}
