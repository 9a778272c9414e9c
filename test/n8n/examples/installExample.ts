import type { INodeParameters } from 'n8n-workflow';
import type { App } from '../rig/app';
import { DataTable, type Column } from '../rig/dataTable';
import type { SavedWorkflow } from '../rig/session';
import { savedWallet } from '../scenarios/purchase';
import type { Workflow } from '../workflows/workflow';
import { exampleWorkflow, type Chosen } from './exampleFile';

/** What callers of the webhooks have to send, as the header `X-API-Key`. */
export const API_KEY = 'play-api-key';

export interface Adjustments {
	/** Credentials in place of the usual ones. */
	readonly chosen?: Chosen;
	/** Parameters of one node, by its name, so that nobody has to wait for the night. */
	readonly trigger?: { readonly name: string; readonly parameters: INodeParameters };
	/** What else is changed in it before it is imported. */
	readonly adapt?: (example: Workflow) => Workflow;
	/** What the nodes of a data table use in place of a new one. */
	readonly table?: DataTable;
}

/** As the note in the examples says. */
const OUTBOX: readonly Column[] = [
	{ name: 'fileId', type: 'string' },
	{ name: 'fileName', type: 'string' },
	{ name: 'quote', type: 'string' },
	{ name: 'status', type: 'string' },
	{ name: 'note', type: 'string' },
	{ name: 'tries', type: 'number' },
];
const DATA_TABLE = 'n8n-nodes-base.dataTable';

export async function makeOutbox({ session }: App): Promise<DataTable> {
	return await DataTable.make(session, 'Outbox', OUTBOX);
}

/** Imports an example, and chooses a credential or a table in each node that asks for one. Nothing else. */
export async function installExample(
	app: App,
	file: string,
	{ chosen = {}, trigger, adapt = (example) => example, table }: Adjustments = {},
): Promise<SavedWorkflow> {
	const example = exampleWorkflow(file, { ...(await usualCredentials(app)), ...chosen });
	for (const node of example.nodes) {
		if (node.name === trigger?.name) Object.assign(node.parameters, trigger.parameters);
	}
	const stores = example.nodes.filter(({ type }) => type === DATA_TABLE);
	if (stores.length > 0) {
		const { id, name } = table ?? (await makeOutbox(app));
		for (const { parameters } of stores) {
			parameters.dataTableId = { __rl: true, mode: 'list', value: id, cachedResultName: name };
		}
	}
	return await app.session.createWorkflow(adapt(example));
}

/** Of a user who has connected the accounts that the world outside knows. */
async function usualCredentials(app: App): Promise<Chosen> {
	const { session, outside } = app;
	const google = {
		clientId: 'play-client',
		clientSecret: 'play-secret',
		oauthTokenData: {
			access_token: outside.drive.accessToken,
			refresh_token: 'play-refresh-token',
			token_type: 'Bearer',
			expires_in: 3599,
		},
	};
	const telegram = { accessToken: outside.telegram.token, baseUrl: 'https://api.telegram.org' };
	const header = { name: 'X-API-Key', value: API_KEY };
	return {
		lightningWalletApi: await savedWallet(app),
		googleDriveOAuth2Api: await session.createCredential('Drive', google, 'googleDriveOAuth2Api'),
		telegramApi: await session.createCredential('Bot', telegram, 'telegramApi'),
		httpHeaderAuth: await session.createCredential('API key', header, 'httpHeaderAuth'),
	};
}
