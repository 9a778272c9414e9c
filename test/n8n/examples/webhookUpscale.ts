import assert from 'node:assert/strict';
import { sha256Hex } from '../../../sandbox/requestLog';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import type { Scenario } from '../scenarios/scenario';
import { until } from '../scenarios/until';
import { photograph } from './drivePictures';
import { API_KEY, installExample } from './installExample';

const example = 'webhook-upscale.json';

async function post(app: App, body: Buffer, key: string): Promise<Response> {
	return await fetch(`${app.url}/webhook/upscale`, {
		method: 'POST',
		headers: { 'content-type': 'image/png', 'x-api-key': key },
		body: new Uint8Array(body),
	});
}

async function expectError(answer: Response, status: number, code: string): Promise<void> {
	assert.equal(answer.status, status);
	const error = (await answer.json()) as Record<string, unknown>;
	assert.equal(error.code, code);
	assert.equal(error.spent, 'no');
	// Nothing that belongs to the owner: no token, no invoice, no address.
	assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'spent']);
}

export const webhookUpscale: Scenario = {
	name: 'webhook: a photo posted, the upscaled photo in the answer; strangers and trouble',
	part: 'examples',
	example,
	run: async (app) => {
		const saved = await installExample(app, example);
		await app.session.activate(saved);
		try {
			const books = new Books(app.sandbox);
			// From 2.x on, n8n publishes workflows in its own time.
			await until(
				'a refusal',
				async () => (await post(app, photograph().bytes, 'a guess')).status === 403,
			);
			await expectError(await post(app, Buffer.alloc(0), API_KEY), 400, 'INPUT_INVALID');
			assert.deepEqual(books.requests, []);

			const answer = await post(app, photograph().bytes, API_KEY);
			assert.equal(answer.status, 200);
			assert.equal(answer.headers.get('content-type'), 'image/png');
			const picture = Buffer.from(await answer.arrayBuffer());
			books.expectPayments(1);
			assert.deepEqual([sha256Hex(picture)], books.soldPictures);

			app.sandbox.faults.push({ at: 'ask', fault: { kind: 'priceTimes', factor: 5 } });
			await expectError(await post(app, photograph().bytes, API_KEY), 502, 'PRICE_OVER_LIMIT');
			books.expectPayments(1);
		} finally {
			await app.session.deactivate(saved);
		}
	},
};
