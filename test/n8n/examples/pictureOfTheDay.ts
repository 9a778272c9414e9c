import assert from 'node:assert/strict';
import { sha256Hex } from '../../../sandbox/requestLog';
import { plainPicture } from '../../../sandbox/pictures/plainPicture';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import type { SavedWorkflow } from '../rig/session';
import { errorOf } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { installExample } from './installExample';

const example = 'picture-of-the-day.json';
const CHAT_ID = '123456789';

async function morning(app: App, saved: SavedWorkflow): Promise<void> {
	const execution = await app.session.ended(await app.session.start(saved, 'Every Morning'));
	assert.equal(execution.status, 'success', errorOf(execution));
}

export const pictureOfTheDay: Scenario = {
	name: 'picture of the day: generated, edited, upscaled, sent by Telegram; a step that fails is told',
	part: 'examples',
	example,
	run: async (app) => {
		const { calls } = app.outside.telegram;
		const saved = await installExample(app, example);
		const books = new Books(app.sandbox);
		await morning(app, saved);
		books.expectPayments(3);
		const [generated, edited, enlarged] = books.paid;
		assert.deepEqual(
			[generated, edited, enlarged].map((entry) => entry?.operation),
			['generateImage', 'editImage', 'upscaleImage'],
		);
		const [photo, ...more] = calls;
		assert.equal(more.length, 0);
		assert.equal(photo?.method, 'sendPhoto');
		assert.equal(photo.fileSha256, sha256Hex(plainPicture(enlarged?.serial ?? 0).bytes));
		assert.equal(photo.fields.chat_id, CHAT_ID);
		assert.match(photo.fields.caption ?? '', /^\d+ [A-Z][a-z]+, painted for 305 sats$/);

		app.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 400, message: 'not <this> picture' },
			times: Infinity,
			match: ({ operation }) => operation === 'editImage',
		});
		await morning(app, saved);
		books.expectPayments(4);
		const edits = books.requests.filter(({ path }) => path.endsWith('/image-edit'));
		assert.equal(edits.length, 2 + 3, 'an ask and a paid request, then three tries');
		const message = calls[1];
		assert.equal(calls.length, 2);
		assert.equal(message?.method, 'sendMessage');
		assert.equal(message.fields.chat_id, CHAT_ID);
		assert.match(message.fields.text ?? '', /^No picture today: .*not &lt;this> picture/);
		assert.match(message.fields.text ?? '', /SERVICE_ERROR, spent: no$/);
	},
};
