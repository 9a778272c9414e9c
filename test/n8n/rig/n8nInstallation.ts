import type { NodeProgram } from '../install/installNode24';

/** An installed n8n and the Node it runs under. */
export interface N8nInstallation {
	readonly version: string;
	readonly unusedModules: readonly string[];
	/** Path of n8n's command line program. */
	readonly program: string;
	readonly node: NodeProgram;
}
