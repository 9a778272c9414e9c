import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { projectFolder } from '../rig/projectFolder';
import type { Workflow } from '../workflows/workflow';

export const examplesFolder = join(projectFolder, 'examples');

/** Names of the files in `examples/` that hold a workflow. */
export function exampleFiles(): string[] {
	return readdirSync(examplesFolder).filter((file) => file.endsWith('.json'));
}

/** The workflow in a file of `examples/`, as it is. */
export function readExample(file: string): Workflow {
	return JSON.parse(readFileSync(join(examplesFolder, file), 'utf8')) as Workflow;
}

/** Chosen by the user after the import: a node's credential, by the type of the credential. */
export type Chosen = Readonly<Record<string, { readonly id: string; readonly name: string }>>;

/** Which credential a node of this type asks for. */
const CREDENTIAL_TYPES: Readonly<Record<string, string>> = {
	'n8n-nodes-sats4ai.sats4Ai': 'lightningWalletApi',
	'n8n-nodes-sats4ai.sats4AiTool': 'lightningWalletApi',
	'n8n-nodes-base.googleDrive': 'googleDriveOAuth2Api',
	'n8n-nodes-base.googleDriveTrigger': 'googleDriveOAuth2Api',
	'n8n-nodes-base.telegram': 'telegramApi',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** An example with credentials chosen. */
export function exampleWorkflow(file: string, chosen: Chosen): Workflow {
	const example = readExample(file);
	const nodes = example.nodes.map((node) => ({ ...node, ...credentialsOf(node, chosen) }));
	return { ...example, active: false, nodes };
}

function credentialsOf({ type, parameters }: INode, chosen: Chosen): Pick<INode, 'credentials'> {
	const credentialType = CREDENTIAL_TYPES[type];
	const credential = credentialType === undefined ? undefined : chosen[credentialType];
	if (credentialType === undefined || credential === undefined) return {};
	const isAskedFor =
		credentialType === 'httpHeaderAuth'
			? parameters.authentication === 'headerAuth'
			: ['wallet', 'payQuote'].includes(String(parameters.payment ?? 'wallet'));
	return isAskedFor ? { credentials: { [credentialType]: credential } } : {};
}
