import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { outputOf } from '../rig/execution';
import { errorOf, executeWell } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { manualTrigger, readFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { putPhotographs } from './drivePictures';
import { installExample } from './installExample';

const example = 'product-photos-with-receipts.json';

/** The rows of a spreadsheet, as n8n reads them. */
async function rowsOf(app: App, spreadsheet: Buffer): Promise<Record<string, unknown>[]> {
	const file = join(app.home.files, 'receipts.xlsx');
	writeFileSync(file, spreadsheet);
	const extract = {
		name: 'Rows',
		type: 'n8n-nodes-base.extractFromFile',
		typeVersion: 1,
		parameters: { operation: 'xlsx', options: {} },
	};
	const plan = workflow('Read receipts', [manualTrigger, readFiles(file), extract]);
	const saved = await app.session.createWorkflow(plan);
	return outputOf(await executeWell(app, saved), extract.name).map(({ json }) => json);
}

export const productPhotos: Scenario = {
	name: 'product photos: one too dear, the others edited; a receipt for each in the spreadsheet',
	part: 'examples',
	example,
	run: async (app) => {
		const { drive } = app.outside;
		const saved = await installExample(app, example);
		const photos = putPhotographs(drive, 'PRODUCT_PHOTOS', 4);
		app.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'priceTimes', factor: 3 },
			match: (subject) => photos[1]?.isIn(subject) ?? false,
		});
		const books = new Books(app.sandbox);
		const execution = await app.session.ended(await app.session.start(saved, 'Start'));
		assert.equal(execution.status, 'success', errorOf(execution));
		books.expectPayments(3);
		assert.deepEqual(drive.sha256In('ON_WHITE'), books.soldPictures);

		const [receipts, ...more] = drive.in('RECEIPTS');
		assert.equal(more.length, 0);
		assert.match(receipts?.name ?? '', /^receipts [\d -]+\.xlsx$/);
		const rows = await rowsOf(app, receipts?.bytes ?? Buffer.alloc(0));
		assert.deepEqual(
			rows.map(({ photo, status, spent }) => [photo, status, spent]),
			[
				['photo-1.png', 'paid', 'yes'],
				['photo-2.png', 'failed', 'no'],
				['photo-3.png', 'paid', 'yes'],
				['photo-4.png', 'paid', 'yes'],
			],
		);
		assert.match(String(rows[1]?.error), /^PRICE_OVER_LIMIT: The price is 600 sats/);
		const paid = rows.filter(({ status }) => status === 'paid');
		const entries = new Map(books.paid.map((entry) => [entry.paymentHash, entry]));
		for (const { paymentHash, preimage, priceSat, feeSat, picture, photo } of paid) {
			const entry = entries.get(String(paymentHash));
			assert.equal(preimage, entry?.preimage);
			assert.equal(Number(priceSat) * 1000, entry?.priceMsat);
			assert.equal(feeSat, 1);
			assert.equal(picture, String(photo).replace('.png', '-editImage.png'));
		}
		assert.equal(new Set(paid.map(({ paymentHash }) => paymentHash)).size, 3);
	},
};
