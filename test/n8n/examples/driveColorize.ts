import assert from 'node:assert/strict';
import { Books } from '../rig/books';
import { errorOf } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { until } from '../scenarios/until';
import { putPhotographs } from './drivePictures';
import { installExample } from './installExample';

const example = 'google-drive-colorize.json';
/** A minute to the next look, and time for the work. */
const WITHIN_MS = 120_000;

/** A look every other second in place of one a minute. */
const everyOtherSecond = {
	pollTimes: { item: [{ mode: 'custom', cronExpression: '0-58/2 * * * * *' }] },
};

/** From the folder to the folder, without anybody pressing anything. */
export const driveColorize: Scenario = {
	name: 'Google Drive folder: new photographs are colorized once each, also after a failure',
	part: 'examples',
	example,
	run: async (app) => {
		const { session, sandbox } = app;
		const { drive } = app.outside;
		const trigger = { name: 'New File', parameters: everyOtherSecond };
		const adjusted = app.n8n.looksWithinAMinute ? { trigger } : {};
		const saved = await installExample(app, example, adjusted);
		const books = new Books(sandbox);
		const { searches } = drive;
		await session.activate(saved);
		try {
			// Only what comes after its first look is new to the trigger.
			await until('a look into the folder', () => drive.searches > searches);
			drive.put('PHOTOGRAPHS', {
				name: 'notes.txt',
				mimeType: 'text/plain',
				bytes: Buffer.from('no photograph'),
			});
			putPhotographs(drive, 'PHOTOGRAPHS', 2);
			await until('two pictures in color', () => drive.in('IN_COLOR').length === 2, WITHIN_MS);
			const [broken] = putPhotographs(drive, 'PHOTOGRAPHS', 1);
			sandbox.faults.push({
				at: 'ask',
				fault: { kind: 'status', status: 400 },
				times: Infinity,
				match: (subject) => broken?.isIn(subject) ?? false,
			});
			await until(
				'a failed execution',
				async () => (await statuses()).includes('error'),
				WITHIN_MS,
			);
		} finally {
			await session.deactivate(saved);
		}
		books.expectPayments(2);
		sandbox.faults.clear();
		const failed = (await executions()).filter(({ status }) => status === 'error');
		assert.equal(failed.length, 1, 'one poll failed, the photograph was not tried again');
		const retried = await session.retry(failed[0]?.id ?? '');
		assert.equal(retried.status, 'success', errorOf(retried));
		books.expectPayments(3);
		assert.deepEqual(drive.sha256In('IN_COLOR'), books.soldPictures);
		assert.deepEqual(
			drive.in('IN_COLOR').map(({ name }) => name),
			['photo-1-colorizeImage.png', 'photo-2-colorizeImage.png', 'photo-1-colorizeImage.png'],
		);

		async function executions() {
			const ids = await session.executionsOf(saved);
			return await Promise.all(ids.map(async (id) => await session.ended(id)));
		}
		async function statuses(): Promise<string[]> {
			return (await executions()).map(({ status }) => status);
		}
	},
};
