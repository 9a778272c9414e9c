import assert from 'node:assert/strict';
import type { INodeParameters } from 'n8n-workflow';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { outputOf, runsOf, type Execution } from '../rig/execution';
import { binaryOf, savedSha256 } from '../rig/savedBinary';
import { errorOf } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { FormVisit } from './formVisit';
import { installExample } from './installExample';

const example = 'approve-the-price.json';
const PAY = 'Pay a Quote';

/** Hands in a photograph, sees the price, and does with it what `decide` does. */
async function visit(
	app: App,
	decide: (visit: FormVisit) => Promise<void>,
	parameters: INodeParameters = {},
): Promise<Execution> {
	const trigger = { name: 'Approve', parameters };
	const saved = await installExample(app, example, { trigger });
	await app.session.activate(saved);
	try {
		const opened = await FormVisit.begin(app, 'approve');
		await opened.sees('costs 5 sats');
		await decide(opened);
	} finally {
		await app.session.deactivate(saved);
	}
	const [id = '', ...more] = await app.session.executionsOf(saved);
	assert.equal(more.length, 0);
	const execution = await app.session.ended(id, 180_000);
	assert.equal(execution.status, 'success', errorOf(execution));
	return execution;
}

export const approval: Scenario = {
	name: 'approval: paid once it is approved; refused or without an answer nothing is paid',
	part: 'examples',
	example,
	run: async (app) => {
		const books = new Books(app.sandbox);
		const refused = await visit(app, async (form) => {
			await form.choose('Do not pay');
			await form.sees('Nothing was paid');
			await form.leave();
		});
		assert.equal(runsOf(refused, PAY), 0);
		books.expectPayments(0);

		// Eight minutes made short, and nobody in front of the form any more.
		const silent = await visit(app, async () => undefined, { resumeAmount: 0.05 });
		assert.equal(runsOf(silent, PAY), 0);
		assert.equal(runsOf(silent, 'Nothing Paid'), 1);
		books.expectPayments(0);

		const approved = await visit(app, async (form) => {
			books.expectPayments(0);
			await form.choose('Pay');
			await form.sees('Here is your picture');
			await form.leave();
		});
		books.expectPayments(1);
		const [item] = outputOf(approved, PAY);
		assert.deepEqual([savedSha256(app.home, binaryOf(item))], books.soldPictures);

		app.sandbox.faults.push({ at: 'pay', fault: { kind: 'insufficient' }, times: Infinity });
		await visit(app, async (form) => {
			await form.choose('Pay');
			await form.sees('Money spent: no');
			await form.leave();
		});
		books.expectPayments(1);
	},
};
