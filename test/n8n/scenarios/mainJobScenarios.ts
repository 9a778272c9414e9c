import assert from 'node:assert/strict';
import { sha256Hex } from '../../../sandbox/requestLog';
import { Books } from '../rig/books';
import { outputOf, runsOf } from '../rig/execution';
import { binaryOf, savedSha256, sha256OfFiles } from '../rig/savedBinary';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import {
	calledByWorkflow,
	everySecond,
	executeWorkflow,
	loopOverItems,
	manualTrigger,
	readFiles,
	writeFiles,
} from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import { executeWell, savedPurchase, savedWallet } from './purchase';
import type { Scenario } from './scenario';
import { until } from './until';

/** What users build: each picture is paid for once, and is what the service sent. */
export const mainJobScenarios: readonly Scenario[] = [
	{
		name: 'three photographs: files, downloads and receipts',
		part: 'rest',
		run: async (app) => {
			const { workflow: saved, output } = await savedPurchase(app, { count: 3 });
			const books = new Books(app.sandbox);
			const items = outputOf(await executeWell(app, saved), SATS4AI);
			books.expectPayments(3);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
			const binaries = items.map((item) => binaryOf(item));
			const stored = binaries.map((binary) => savedSha256(app.home, binary));
			assert.deepEqual(stored.sort(), books.soldPictures);
			const downloads = await Promise.all(
				binaries.map(async ({ id }) => sha256Hex(await app.session.download(id ?? ''))),
			);
			assert.deepEqual(downloads.sort(), books.soldPictures);
			assert.deepEqual(
				items.map(({ json, pairedItem }) => [json.payment, json.fileName, pairedItem]),
				items.map((_, index) => {
					const receipt = items[index]?.json.payment as { paymentHash: string; paidAt: string };
					const entry = books.paid.find(({ paymentHash }) => paymentHash === receipt.paymentHash);
					const payment = {
						status: 'paid',
						priceSat: 5,
						feeMsat: 1000,
						paymentHash: entry?.paymentHash,
						preimage: entry?.preimage,
						wallet: 'lnbits',
						paidAt: receipt.paidAt,
					};
					return [payment, `photo-${index + 1}-colorizeImage.png`, { item: index }];
				}),
			);
		},
	},
	{
		name: 'all five operations in a row',
		part: 'rest',
		run: async (app) => {
			const credential = await savedWallet(app);
			const { output } = photographs(app.home, 0);
			const { serviceUrl } = app.sandbox;
			const prompt = 'A lighthouse at dusk';
			const operations = [
				{ operation: 'generateImage', prompt, maxPriceSat: 500 },
				{ operation: 'editImage', prompt, maxPriceSat: 500 },
				{ operation: 'colorizeImage' },
				{ operation: 'restoreFace' },
				{ operation: 'upscaleImage' },
			];
			const steps = operations.map((parameters) => ({
				...sats4Ai({ serviceUrl, credential, parameters }),
				name: parameters.operation,
			}));
			const saved = await app.session.createWorkflow(
				workflow('Five', [manualTrigger, ...steps, writeFiles(output)]),
			);
			const books = new Books(app.sandbox);
			const execution = await executeWell(app, saved);
			books.expectPayments(5);
			const stored = operations.map(({ operation }) =>
				savedSha256(app.home, binaryOf(outputOf(execution, operation)[0])),
			);
			assert.deepEqual(stored.sort(), books.soldPictures);
			assert.equal(
				outputOf(execution, 'upscaleImage')[0]?.json.fileName,
				'generateImage-editImage-colorizeImage-restoreFace-upscaleImage.png',
			);
		},
	},
	{
		name: 'pinned output: nothing is bought',
		part: 'rest',
		run: async (app) => {
			const pinned = [{ json: { operation: 'colorizeImage', pinned: true } }];
			const { workflow: saved } = await savedPurchase(app, {
				pinData: { [SATS4AI]: pinned },
				connections: [
					['Start', 'Read Photographs'],
					['Read Photographs', SATS4AI],
				],
			});
			const books = new Books(app.sandbox);
			const execution = await executeWell(app, saved);
			books.expectPayments(0);
			assert.deepEqual(books.requests, []);
			assert.deepEqual(
				outputOf(execution, SATS4AI).map(({ json }) => json),
				pinned.map(({ json }) => json),
			);
		},
	},
	{
		name: 'loop over items: one payment a round',
		part: 'rest',
		run: async (app) => {
			const { workflow: saved, output } = await savedPurchase(app, {
				count: 3,
				more: [loopOverItems],
				connections: [
					['Start', 'Read Photographs'],
					['Read Photographs', loopOverItems.name],
					[loopOverItems.name, SATS4AI, 1],
					[SATS4AI, loopOverItems.name],
					[loopOverItems.name, 'Write Pictures', 0],
				],
			});
			const books = new Books(app.sandbox);
			const execution = await executeWell(app, saved);
			assert.equal(runsOf(execution, SATS4AI), 3);
			books.expectPayments(3);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
	{
		name: 'loop over the same prompt: every round buys a new picture',
		part: 'rest',
		run: async (app) => {
			const { workflow: saved } = await savedPurchase(app, {
				count: 3,
				parameters: { operation: 'generateImage', prompt: 'A lighthouse', maxPriceSat: 500 },
				more: [loopOverItems],
				connections: [
					['Start', 'Read Photographs'],
					['Read Photographs', loopOverItems.name],
					[loopOverItems.name, SATS4AI, 1],
					[SATS4AI, loopOverItems.name],
				],
			});
			const books = new Books(app.sandbox);
			const items = outputOf(await executeWell(app, saved), SATS4AI);
			books.expectPayments(3);
			const stored = items.map((item) => savedSha256(app.home, binaryOf(item)));
			assert.deepEqual(stored.sort(), books.soldPictures);
		},
	},
	{
		name: 'schedule trigger: one payment for each execution',
		part: 'rest',
		run: async (app) => {
			const { workflow: saved } = await savedPurchase(app, { trigger: everySecond });
			const books = new Books(app.sandbox);
			await app.session.activate(saved);
			await until('two scheduled purchases', () => books.paid.length >= 2);
			await app.session.deactivate(saved);
			const executions = await app.session.executionsOf(saved);
			for (const id of executions) {
				assert.equal((await app.session.ended(id)).status, 'success');
			}
			books.expectPayments(executions.length);
		},
	},
	{
		name: 'sub-workflow: the picture comes back to the caller',
		part: 'rest',
		run: async (app) => {
			const credential = await savedWallet(app);
			const { serviceUrl } = app.sandbox;
			const inner = await app.session.createWorkflow(
				workflow('Inner', [calledByWorkflow, sats4Ai({ serviceUrl, credential })]),
			);
			if (app.n8n.publishesSubWorkflows) await app.session.activate(inner);
			const { selector, output } = photographs(app.home, 2);
			const outer = await app.session.createWorkflow(
				workflow('Outer', [
					manualTrigger,
					readFiles(selector),
					executeWorkflow(inner.id),
					writeFiles(output),
				]),
			);
			const books = new Books(app.sandbox);
			await executeWell(app, outer);
			books.expectPayments(2);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
		},
	},
];
