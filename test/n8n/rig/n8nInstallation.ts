import type { NodeProgram } from '../install/installNode24';
import type { N8nVersion } from '../install/versions';

/** An installed n8n and the Node it runs under. */
export interface N8nInstallation extends N8nVersion {
	/** Path of n8n's command line program. */
	readonly program: string;
	readonly node: NodeProgram;
}
