import type { INodeParameters } from 'n8n-workflow';
import assert from 'node:assert/strict';
import type { Editor } from '../editor/editor';
import { ModelField } from '../editor/modelField';
import { OutputPanel } from '../editor/outputPanel';
import { withEditor } from '../editor/withEditor';
import type { App } from '../rig/app';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, readFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import type { Scenario } from './scenario';

const MAGNIFIER = 'Magnifier · Standard · 5 sats · default';
const SHARP = 'Magnifier Sharp · Best · 5 sats';

/** A workflow that asks the price of a larger picture, without a credential, opened at our node. */
async function openUpscale(app: App, editor: Editor, options: INodeParameters): Promise<void> {
	const { serviceUrl } = app.sandbox;
	const parameters = { operation: 'upscaleImage', payment: 'invoiceOnly' };
	const steps = [
		manualTrigger,
		readFiles(photographs(app.home, 1).selector),
		sats4Ai({ serviceUrl, credential: null, parameters, options }),
	];
	const saved = await app.session.createWorkflow(workflow('Ask with a model', steps));
	await editor.openWorkflow(saved.id);
	await editor.openNode(SATS4AI);
}

/** Models named in the requests that arrive, the last one at the end. */
function watchModels(app: App): unknown[] {
	const models: unknown[] = [];
	app.sandbox.faults.push({
		at: 'ask',
		fault: { kind: 'hang' },
		match: ({ body }) => {
			if (body.length === 0) return false;
			const { modelId } = JSON.parse(body.toString()) as { modelId?: unknown };
			models.push(modelId);
			return false;
		},
	});
	return models;
}

/** The model in the editor: chosen from a list with prices, or typed. */
export const modelScenarios: readonly Scenario[] = [
	{
		name: 'a model is added, found in the list with its price, chosen, typed instead',
		part: 'editor',
		run: async (app, screenshots) => {
			await withEditor(app, 'light', async (editor) => {
				const models = watchModels(app);
				const output = new OutputPanel(editor);
				await openUpscale(app, editor, {});
				const field = new ModelField(editor);
				await field.add();
				assert.deepEqual(await field.open(), [MAGNIFIER, SHARP]);
				await screenshots.take(editor.page, 'models-light');
				assert.deepEqual(await field.search('sharp', MAGNIFIER), [SHARP]);
				await field.choose(SHARP);
				assert.equal(await field.value(), SHARP);
				await output.execute();
				assert.deepEqual(models, ['magnifier-sharp']);
				await field.mode('id');
				assert.equal(await field.value(), 'magnifier-sharp');
				await field.type('16');
				await output.execute();
				assert.deepEqual(models, ['magnifier-sharp', '16']);
			});
		},
	},
	{
		name: 'a model saved as plain text is shown, sent, and gives way to one from the list',
		part: 'editor',
		run: async (app) => {
			await withEditor(app, 'light', async (editor) => {
				const models = watchModels(app);
				const output = new OutputPanel(editor);
				await openUpscale(app, editor, { modelId: 'an-older-one' });
				const field = new ModelField(editor);
				assert.equal(await field.value(), 'an-older-one');
				await output.execute();
				await field.mode('list');
				assert.deepEqual(await field.open(), [MAGNIFIER, SHARP]);
				await field.choose(MAGNIFIER);
				await output.execute();
				assert.deepEqual(models, ['an-older-one', 41]);
			});
		},
	},
	{
		name: 'without a list of models the editor says to type one',
		part: 'editor',
		run: async (app) => {
			await withEditor(app, 'light', async (editor) => {
				await openUpscale(app, editor, { baseUrl: 'http://127.0.0.1:1' });
				const field = new ModelField(editor);
				await field.add();
				const said = await field.refusal();
				assert.match(said, /connection refused/);
				assert.match(said, /'By ID' and type the number or name of the model/);
			});
		},
	},
];
