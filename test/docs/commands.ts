import { markdownFiles, prose, read, spans } from './markdown';

/** A block of code between fences, without the indentation of the list it stands in. */
export interface Block {
	readonly file: string;
	readonly language: string;
	readonly text: string;
}

export interface Command {
	readonly file: string;
	/** One command: without comment, continuation and neighbors after `&&`. */
	readonly text: string;
}

const FENCE = /^([ \t]*)```(\w*)\n([^]*?)^\1```$/gm;
/** With an argument: a program's name alone is no command. */
const COMMAND = /^(?:npm|npx|node|git|docker|lncli|litcli|lightning-cli|xxd|\.ci\/run) \S/;

export function blocks(): Block[] {
	return markdownFiles().flatMap((file) =>
		[...read(file).matchAll(FENCE)].map(([, indent = '', language = '', text = '']) => ({
			file,
			language,
			text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
		})),
	);
}

/** Every command that a document tells people to enter, in blocks and within sentences. */
export function commands(): Command[] {
	const inBlocks = blocks()
		.filter(({ language }) => language === 'sh')
		.flatMap(({ file, text }) => shellCommands(text).map((command) => ({ file, text: command })));
	const inProse = markdownFiles().flatMap((file) =>
		spans(prose(read(file)).replace(FENCE, ''))
			.filter((span) => COMMAND.test(span) && !span.includes('…'))
			.map((text) => ({ file, text })),
	);
	const inComments = blocks()
		.filter(({ language }) => language === 'sh')
		.flatMap(({ file, text }) =>
			[...text.matchAll(/#.*?\b(npm run .+)$/gm)].map(([, command = '']) => ({
				file,
				text: command,
			})),
		);
	return [...inBlocks, ...inProse, ...inComments];
}

function shellCommands(script: string): string[] {
	return script
		.replace(/\\\n\s*/g, '')
		.replace(/(^|\s)#.*$/gm, '')
		.split(/\n|&&/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

/** Who executes a command. A rule without `words` says why nobody does, here. */
export type Account =
	| { readonly command: RegExp; readonly file: string; readonly words: string }
	| { readonly command: RegExp; readonly byHand: string };

export const accounts: readonly Account[] = [
	{ command: /^npm test$/, file: '.ci/run', words: 'npm test' },
	{ command: /^npm run lint$/, file: '.ci/run', words: 'npm run --silent lint' },
	{ command: /^npm run link$/, file: 'test/scripts/link.test.ts', words: "'link.mjs'" },
	{ command: /^git log --follow$/, byHand: 'only looks' },
	{ command: /^npm run scan$/, file: '.ci/run', words: 'npm run --silent scan' },
	{
		command: /^npm run demo( -- photo\.jpg)?$/,
		file: 'test/demo/demo.test.ts',
		words: 'demo/demo.ts',
	},
	{ command: /^npm run demo -- --trouble$/, file: 'test/demo/demo.test.ts', words: "'--trouble'" },
	{
		command: /^npm run sandbox( -- --(port|host|delay) \S+)?$/,
		file: 'test/sandbox/main.test.ts',
		words: "join(root, 'sandbox', 'main.ts')",
	},
	{
		command: /^lncli bakemacaroon --save_to /,
		file: 'test/lightning/lab/bakeMacaroon.ts',
		words: "commandsOf('LND')",
	},
	{
		command: /^n8n import:workflow /,
		file: 'test/n8n/rig/commandLine.ts',
		words: "'import:workflow', '--separate'",
	},
	{ command: /^n8n start$/, file: 'test/n8n/rig/server.ts', words: "'start'" },
	{
		command: /^n8n worker --concurrency=/,
		file: 'test/n8n/queue/workers.ts',
		words: "'worker', `--concurrency=",
	},
	{
		command: /^export EXECUTIONS_MODE=queue /,
		file: 'test/n8n/queue/stores.ts',
		words: "EXECUTIONS_MODE: 'queue'",
	},
	{
		command: /^export QUEUE_WORKER_MAX_STALLED_COUNT=0 /,
		file: 'test/n8n/queue/cluster.ts',
		words: "QUEUE_WORKER_MAX_STALLED_COUNT: '0'",
	},
	{
		command: /^export N8N_DEFAULT_BINARY_DATA_MODE=database /,
		file: 'test/n8n/queue/cluster.ts',
		words: "N8N_AVAILABLE_BINARY_DATA_MODES: 'database'",
	},
	{ command: /^docker stop -t$/, byHand: 'needs containers' },
	{
		command: /^\.ci\/run( --all)?$|^npx jest test\/l402$|^npm run format$/,
		byHand: 'contains what the others execute',
	},
	{
		command: /^npm run conformance( -- --(client|wallet|scene) .+)?$/,
		file: 'test/docs/commands.test.ts',
		words: "'conformance'",
	},
	{
		command: /^npm run test:nightly$/,
		file: '.github/workflows/nightly.yml',
		words: 'npm run test:nightly',
	},
	{
		command: /^npm run bench( -- --(quick|wallets|lnget|queue|books))?$/,
		byHand: 'takes minutes of a quiet machine',
	},
	{ command: /^npm run test:(n8n|lightning)( -- .+)?$/, byHand: 'takes minutes and gigabytes' },
	{
		command: /^npm run test:mutation( -- .+)?$/,
		byHand: 'is for releases: many thousand runs of the tests',
	},
	{ command: /^npm ci --prefix tools\/alby$/, byHand: 'needs the network' },
	{ command: /^git clone |^cd n8n-nodes-sats4ai$/, byHand: 'needs the network' },
	{ command: /^npm audit signatures$/, byHand: 'needs the network' },
	{ command: /^lncli bakemacaroon$|^xxd -p /, byHand: 'part of the command before it' },
	{
		command: /^lightning-cli |^litcli |^lncli (unlock|listpeers|listchannels)$/,
		byHand: 'needs a wallet that is not installed for tests',
	},
];
