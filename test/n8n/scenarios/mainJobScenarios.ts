import assert from 'node:assert/strict';
import { sha256Hex } from '../../../sandbox/requestLog';
import { Books } from '../rig/books';
import { outputOf } from '../rig/execution';
import { binaryOf, savedSha256, sha256OfFiles } from '../rig/savedBinary';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, writeFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import { executeWell, savedPurchase, savedWallet } from './purchase';
import type { Scenario } from './scenario';

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
		name: 'all eight operations in a row',
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
				{ operation: 'deblurImage', maxPriceSat: 300 },
				{ operation: 'removeObject', objects: 'a boat', maxPriceSat: 300 },
				{ operation: 'removeBackground', maxPriceSat: 100 },
			];
			const steps = operations.map((parameters) => ({
				...sats4Ai({ serviceUrl, credential, parameters }),
				name: parameters.operation,
			}));
			const saved = await app.session.createWorkflow(
				workflow('Eight', [manualTrigger, ...steps, writeFiles(output)]),
			);
			const books = new Books(app.sandbox);
			const execution = await executeWell(app, saved);
			books.expectPayments(8);
			const stored = operations.map(({ operation }) =>
				savedSha256(app.home, binaryOf(outputOf(execution, operation)[0])),
			);
			assert.deepEqual(stored.sort(), books.soldPictures);
			assert.equal(
				outputOf(execution, 'removeBackground')[0]?.json.fileName,
				'generateImage-editImage-colorizeImage-restoreFace-upscaleImage-deblurImage-removeObject-removeBackground.png',
			);
		},
	},
];
