import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import { readExample } from '../examples/exampleFile';
import { openBrowser } from '../editor/browser';
import { writeOldPhotograph } from '../editor/oldPhotograph';
import type { Page } from '../editor/playwright';
import type { Screenshots } from '../editor/screenshots';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { SATS4AI_TYPE } from '../workflows/sats4Ai';
import type { Workflow } from '../workflows/workflow';
import type { Scenario } from './scenario';
import { untilPublished } from './until';

const EXAMPLE = 'people-pay-by-qr-code.json';

/** The example as it is, but for the address of the service. */
function exampleFor(sandbox: Sandbox): Workflow {
	const example = readExample(EXAMPLE);
	for (const { type, parameters } of example.nodes) {
		if (type !== SATS4AI_TYPE) continue;
		parameters.options = { ...Object(parameters.options), baseUrl: sandbox.serviceUrl };
	}
	return { ...example, active: false };
}

/** What a phone reads from the QR code on the page. */
async function scan(page: Page): Promise<string> {
	const source = (await page.locator('img').first().getAttribute('src')) ?? '';
	const picture = Buffer.from(source.slice(source.indexOf(',') + 1), 'base64');
	const { data, info } = await sharp(picture)
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
}

/** Pays as a phone would, from a wallet that n8n knows nothing of. Answers the preimage. */
async function payByPhone({ walletUrl, adminKey, ledger }: Sandbox, invoice: string) {
	const paid = await fetch(`${walletUrl}/api/v1/payments`, {
		method: 'POST',
		headers: { 'x-api-key': adminKey, 'content-type': 'application/json' },
		body: JSON.stringify({ out: true, bolt11: invoice }),
	});
	assert.equal(paid.status, 201);
	return ledger.find((entry) => entry.invoice === invoice)?.preimage ?? '';
}

async function visit(app: App, sandbox: Sandbox, photo: string, screenshots: Screenshots) {
	const browser = await openBrowser();
	try {
		const viewport = { width: 720, height: 980 };
		const page = await (await browser.newContext({ viewport, colorScheme: 'light' })).newPage();
		const books = new Books(sandbox);
		await page.goto(`${app.url}/webhook/colorize`);
		await page.locator('input[type=file]').setInputFiles(photo);
		await page.getByText('See the price').click();
		await page.getByText('Pay 5 sats').waitFor();
		const invoice = await page.locator('.invoice').innerText();
		assert.match(await scan(page), new RegExp(`^(lightning:)?${invoice}$`, 'i'));
		await screenshots.take(page, 'people-pay');
		books.expectPayments(0);

		const preimage = page.locator('input[name=preimage]');
		await preimage.fill('0'.repeat(64));
		await page.getByText('Get the picture').click();
		await page.getByText('That did not work').waitFor();
		books.expectPayments(0);

		await preimage.fill(await payByPhone(sandbox, invoice));
		await page.getByText('Get the picture').click();
		const picture = page.locator('img[src*="webhook-waiting"]');
		await picture.waitFor();
		const width = await picture.evaluate((element) => Number(Reflect.get(element, 'naturalWidth')));
		assert.equal(width, 768);
		books.expectPayments(1);
		assert.equal(books.paid[0]?.fetchedAt === null, false, 'the picture was not fetched');
	} finally {
		await browser.close();
	}
}

export const peoplePayScenarios: readonly Scenario[] = [
	{
		name: 'people pay by QR code: from the upload to the picture',
		part: 'examples',
		inBrowser: true,
		example: EXAMPLE,
		run: async (app, screenshots) => {
			const folder = join(app.home.files, 'visitor');
			mkdirSync(folder, { recursive: true });
			const photo = join(folder, 'old-photo.jpg');
			await writeOldPhotograph(photo);
			const sandbox = await startSandbox({ pictures: 'real' });
			try {
				const saved = await app.session.createWorkflow(exampleFor(sandbox));
				await app.session.activate(saved);
				await untilPublished(`${app.url}/webhook/colorize`);
				await visit(app, sandbox, photo, screenshots).finally(
					async () => await app.session.deactivate(saved),
				);
			} finally {
				await sandbox.close();
			}
		},
	},
];
