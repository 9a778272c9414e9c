/** One n8n to test against. */
export interface N8nVersion {
	readonly version: string;
	/** What has to be pinned for this version's dependencies to resolve and the server to start. */
	readonly overrides: Readonly<Record<string, string>>;
	/** Peers that are left out, since not all of n8n's can be had; its own nodes need these. */
	readonly peers: Readonly<Record<string, string>>;
	/** Modules that would only look for hosts on the internet. */
	readonly unusedModules: readonly string[];
	/** Whether a sub-workflow is called only once it is published. */
	readonly publishesSubWorkflows: boolean;
	/** Whether a trigger may look for news more than once a minute. */
	readonly looksWithinAMinute: boolean;
	/** Whether n8n, as it comes, runs again by itself what a dead worker had at work. */
	readonly runsStalledAgain: boolean;
}

/** The oldest line the package supports, and the newest that installs from the registry alone. */
export const n8nVersions: readonly N8nVersion[] = [
	{
		version: '1.123.81',
		overrides: {
			linkedom: '0.18.12',
			xlsx: '0.18.5',
			// Without it the server does not start, which n8n reports as `Command "start" not found`.
			'@langchain/langgraph-checkpoint': '1.0.1',
		},
		// For Extract From File.
		peers: { 'date-fns': '2.30.0' },
		unusedModules: ['insights'],
		publishesSubWorkflows: false,
		looksWithinAMinute: true,
		runsStalledAgain: true,
	},
	{
		version: '2.41.1',
		overrides: {
			linkedom: '0.18.12',
			'@langchain/core': '1.2.8',
			'@langchain/langgraph-checkpoint': '1.1.5',
			'@langchain/protocol': '0.0.19',
		},
		// For Extract From File.
		peers: { 'date-fns': '2.30.0' },
		unusedModules: ['agents', 'chat-hub', 'insights', 'instance-ai', 'mcp', 'mcp-registry'],
		publishesSubWorkflows: true,
		looksWithinAMinute: false,
		runsStalledAgain: false,
	},
];
