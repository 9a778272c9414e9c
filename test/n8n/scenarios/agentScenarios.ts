import assert from 'node:assert/strict';
import type { INodeParameters } from 'n8n-workflow';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { startModel, type ScriptedModel } from '../rig/scriptedModel';
import { sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger } from '../workflows/steps';
import { workflow, type Step } from '../workflows/workflow';
import { errorOf, execute, executeWell, savedWallet } from './purchase';
import type { Scenario } from './scenario';

/** An agent runs its tools itself up to version 2; from version 3 on, the engine runs them. */
const AGENT_VERSIONS = [2.2, 3] as const;

function agent(typeVersion: number): Step {
	return {
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion,
		parameters: { promptType: 'define', text: 'Draw a lighthouse', options: {} },
	};
}

async function chatModel(app: App, { url }: ScriptedModel): Promise<Step> {
	const data = { apiKey: 'none', url };
	const { id, name } = await app.session.createCredential('Model', data, 'openAiApi');
	return {
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
		settings: { credentials: { openAiApi: { id, name } } },
	};
}

/** An agent that has our node as its only tool, and a model that calls it once. */
async function savedAgent(
	app: App,
	model: ScriptedModel,
	agentVersion: number,
	parameters: INodeParameters,
) {
	const tool = sats4Ai({
		serviceUrl: app.sandbox.serviceUrl,
		credential: await savedWallet(app),
		parameters,
	});
	const steps = [
		manualTrigger,
		agent(agentVersion),
		await chatModel(app, model),
		{ ...tool, name: 'Draw', type: `${tool.type}Tool` },
	];
	return await app.session.createWorkflow(
		workflow('Agent', steps, [
			['Start', 'AI Agent'],
			['Model', 'AI Agent', 0, 'ai_languageModel'],
			['Draw', 'AI Agent', 0, 'ai_tool'],
		]),
	);
}

/** The node as a tool of n8n's AI agent. The model is a script; all the rest is n8n's own. */
export const agentScenarios: readonly Scenario[] = AGENT_VERSIONS.flatMap((version): Scenario[] => [
	{
		name: `AI agent ${version}: prompt in, link and receipt out, one payment a call`,
		part: 'rest',
		run: async (app) => {
			const model = await startModel({ prompt: 'A lighthouse at dusk' });
			try {
				const saved = await savedAgent(app, model, version, {
					operation: 'generateImage',
					prompt: "={{ $fromAI('prompt', 'What the picture shows', 'string') }}",
					maxPriceSat: 500,
				});
				const books = new Books(app.sandbox);
				await executeWell(app, saved);
				books.expectPayments(1);
				assert.deepEqual(model.offered, ['Draw']);
				const [answer = ''] = model.toolAnswers;
				assert.match(answer, /"imageUrl"/);
				assert.ok(answer.includes(books.paid[0]?.paymentHash ?? 'a payment hash'), answer);
				await executeWell(app, saved);
				books.expectPayments(2);
			} finally {
				await model.close();
			}
		},
	},
	{
		name: `AI agent ${version}: a file cannot come in, and the tool says so`,
		part: 'rest',
		run: async (app) => {
			const model = await startModel({});
			try {
				const saved = await savedAgent(app, model, version, { operation: 'colorizeImage' });
				const books = new Books(app.sandbox);
				const execution = await execute(app, saved);
				books.expectPayments(0);
				// n8n tells the model, ends the execution, or marks the tool, as the version has it.
				const marked = execution.data.resultData.runData.Draw?.at(-1)?.error?.message;
				const said = [...model.toolAnswers, errorOf(execution), marked].join('\n');
				assert.match(said, /no binary field 'data'/);
			} finally {
				await model.close();
			}
		},
	},
]);
