import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import type { Execution } from '../rig/execution';
import type { SavedWorkflow } from '../rig/session';
import { errorOf } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { putPhotographs } from './drivePictures';
import { installExample } from './installExample';

const example = 'nightly-restore-with-budget.json';
const BUDGET_MSAT = 100_000;
/** Price and fee limit of one picture. */
const RESERVED_MSAT = 7_000;

async function night(app: App, saved: SavedWorkflow): Promise<Execution> {
	return await app.session.ended(await app.session.start(saved, 'Every Night'));
}

export const nightlyBudget: Scenario = {
	name: 'nightly folder: the budget is kept, failures are reported, the rest comes the next night',
	part: 'examples',
	example,
	run: async (app) => {
		const { drive } = app.outside;
		const { wallet, faults } = app.sandbox;
		const saved = await installExample(app, example);
		const photographs = putPhotographs(drive, 'TO_RESTORE', 20);
		const broken = photographs[2];
		assert.ok(broken);
		faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 400, message: 'no face in it' },
			times: Infinity,
			match: broken.isIn,
		});

		const books = new Books(app.sandbox);
		const balanceMsat = wallet.balanceMsat;
		const first = await night(app, saved);
		assert.equal(first.status, 'error');
		assert.match(errorOf(first), /^1 failed, .*photo-3\.png: .*no face in it.*spent: no\)/);
		const spentMsat = balanceMsat - wallet.balanceMsat;
		assert.ok(spentMsat <= BUDGET_MSAT, `${spentMsat} msat in one night`);
		assert.ok(spentMsat + RESERVED_MSAT > BUDGET_MSAT, `only ${spentMsat} msat in one night`);
		const bought = books.paid.length;
		books.expectPayments(bought);
		assert.deepEqual(drive.sha256In('RESTORED'), books.soldPictures);
		assert.equal(drive.in('ORIGINALS').length, bought);
		const left = photographs.slice(bought + 1).map(({ file }) => file.name);
		assert.deepEqual(
			drive.in('TO_RESTORE').map(({ name }) => name),
			[broken.file.name, ...left],
		);

		faults.clear();
		const second = await night(app, saved);
		assert.equal(second.status, 'success', errorOf(second));
		books.expectPayments(photographs.length);
		assert.deepEqual(drive.in('TO_RESTORE'), []);
		assert.deepEqual(drive.sha256In('RESTORED'), books.soldPictures);
	},
};
