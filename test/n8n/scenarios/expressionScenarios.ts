import assert from 'node:assert/strict';
import type { INodeParameters } from 'n8n-workflow';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { outputOf } from '../rig/execution';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { editFields, manualTrigger, readFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import { executeWell, savedWallet } from './purchase';
import type { Scenario } from './scenario';

/** Values for parameters and options; each stands in the workflow as an expression that reads it. */
interface Values {
	readonly parameters: INodeParameters;
	readonly options: INodeParameters;
	/** What the service must have read, without `image`. */
	readonly body: object;
}

const forOptions = {
	binaryPropertyOutput: 'picture',
	fileName: 'by-expression.png',
	maxFeeSat: 7,
	maxTotalSat: 900,
	concurrency: 2,
	paymentTimeout: 20,
	requestTimeout: 30,
	skipDedup: true,
};

const cases: Readonly<Record<string, Values>> = {
	colorizeImage: {
		parameters: { imageSource: 'binary', binaryPropertyName: 'data', maxPriceSat: 6 },
		options: { ...forOptions, modelSize: 'tiny' },
		body: { model_size: 'tiny' },
	},
	editImage: {
		parameters: { imageSource: 'base64', prompt: 'Bluer', maxPriceSat: 201 },
		options: { ...forOptions, aspectRatio: '4:3', outputFormat: 'webp', modelId: 'x1' },
		body: { prompt: 'Bluer', aspect_ratio: '4:3', output_format: 'webp', modelId: 'x1' },
	},
	generateImage: {
		parameters: { prompt: 'A boat', model: 'Standard', width: 500, height: 320, maxPriceSat: 101 },
		options: forOptions,
		body: { input: { prompt: 'A boat', width: 512, height: 320 }, model: 'Standard' },
	},
	restoreFace: {
		parameters: { imageSource: 'url', fidelity: 0.25, maxPriceSat: 6 },
		options: {
			...forOptions,
			backgroundEnhance: false,
			faceUpsample: false,
			upscale: 3,
			modelId: 'x2',
		},
		body: {
			fidelity: 0.25,
			background_enhance: false,
			face_upsample: false,
			upscale: 3,
			modelId: 'x2',
		},
	},
	upscaleImage: {
		parameters: { imageSource: 'binary', binaryPropertyName: 'data', scale: 2, maxPriceSat: 6 },
		options: { ...forOptions, faceEnhance: false, modelId: 'x3' },
		body: { scale: 2, face_enhance: false, modelId: 'x3' },
	},
};

/** Every value as an expression that takes it from the node *Edit Fields*. */
function asExpressions(values: INodeParameters): INodeParameters {
	return Object.fromEntries(
		Object.keys(values).map((key) => [key, `={{ $('Edit Fields').first().json.${key} }}`]),
	);
}

/** A picture that n8n can fetch and that can be written down as base64. */
async function anEarlierPicture(app: App): Promise<{ imageUrl: string; imageBase64: string }> {
	const { selector } = photographs(app.home, 1);
	const { serviceUrl } = app.sandbox;
	const credential = await savedWallet(app);
	const steps = [manualTrigger, readFiles(selector), sats4Ai({ serviceUrl, credential })];
	const saved = await app.session.createWorkflow(workflow('Earlier', steps));
	const [item] = outputOf(await executeWell(app, saved), SATS4AI);
	const imageUrl = String(item?.json.imageUrl);
	const bytes = Buffer.from(await (await fetch(imageUrl)).arrayBuffer());
	return { imageUrl, imageBase64: bytes.toString('base64') };
}

export const expressionScenarios: readonly Scenario[] = [
	{
		name: 'an expression in every parameter and option',
		part: 'rest',
		run: async (app) => {
			const earlier = await anEarlierPicture(app);
			const credential = await savedWallet(app);
			const { selector } = photographs(app.home, 1);
			const bodies: Buffer[] = [];
			app.sandbox.faults.push({
				at: 'redeem',
				fault: { kind: 'hang' },
				times: Infinity,
				match: ({ body }) => {
					bodies.push(body);
					return false;
				},
			});
			for (const [operation, values] of Object.entries(cases)) {
				const parameters = { ...values.parameters, ...sourceOf(values.parameters, earlier) };
				const options = { ...values.options, baseUrl: app.sandbox.serviceUrl };
				const step = sats4Ai({
					serviceUrl: '',
					credential,
					parameters: { operation, ...asExpressions(parameters) },
					options: asExpressions(options),
				});
				const saved = await app.session.createWorkflow(
					workflow('Expressions', [
						manualTrigger,
						editFields({ ...parameters, ...options }),
						readFiles(selector),
						step,
					]),
				);
				const books = new Books(app.sandbox);
				const [item] = outputOf(await executeWell(app, saved), SATS4AI);
				books.expectPayments(1);
				assert.equal(item?.binary?.picture?.fileName, 'by-expression.png', operation);
				assert.equal(books.paidRequests[0]?.headers['x-no-cache'], '1', operation);
				const { image, ...sent } = JSON.parse(String(bodies.pop())) as Record<string, unknown>;
				assert.deepEqual(sent, values.body, operation);
				assert.equal(typeof image, operation === 'generateImage' ? 'undefined' : 'string');
			}
		},
	},
];

function sourceOf(
	{ imageSource }: INodeParameters,
	{ imageUrl, imageBase64 }: { imageUrl: string; imageBase64: string },
): INodeParameters {
	if (imageSource === 'url') return { imageUrl };
	return imageSource === 'base64' ? { imageBase64 } : {};
}
