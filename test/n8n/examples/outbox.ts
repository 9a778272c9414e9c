import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import type { DataTable } from '../rig/dataTable';
import type { SavedWorkflow } from '../rig/session';
import { errorOf } from '../scenarios/purchase';
import type { Scenario } from '../scenarios/scenario';
import { until } from '../scenarios/until';
import { putPhotographs } from './drivePictures';
import { installExample, makeOutbox } from './installExample';

const BATCH = 'outbox-batch.json';
const SWEEP = 'outbox-sweep.json';

/** Every open row, however short a time ago it was touched. */
const withoutWaiting = {
	name: 'Open Rows',
	parameters: {
		filters: { conditions: [{ keyName: 'status', condition: 'eq', keyValue: 'open' }] },
	},
};

class Outbox {
	private constructor(
		private readonly app: App,
		readonly table: DataTable,
		private readonly batch: SavedWorkflow,
		private readonly sweeper: SavedWorkflow,
	) {}

	static async open(app: App): Promise<Outbox> {
		const table = await makeOutbox(app);
		const batch = await installExample(app, BATCH, { table });
		const sweeper = await installExample(app, SWEEP, { table, trigger: withoutWaiting });
		return new Outbox(app, table, batch, sweeper);
	}

	async start(): Promise<string> {
		return await this.app.session.start(this.batch, 'Start');
	}

	async run(): Promise<void> {
		await this.end(await this.start());
	}

	async sweep(): Promise<void> {
		await this.end(await this.app.session.start(this.sweeper, 'Every Two Minutes'));
	}

	async statuses(): Promise<unknown[]> {
		return (await this.table.rows()).map(({ status }) => status);
	}

	private async end(id: string): Promise<void> {
		const execution = await this.app.session.ended(id);
		assert.equal(execution.status, 'success', errorOf(execution));
	}
}

/** Starts a batch, waits until the process hangs at `place`, and kills it there. */
async function killAt(app: App, outbox: Outbox, place: 'pay' | 'redeem'): Promise<void> {
	const seen = new Set<string>();
	const match = ({ paymentHash }: { readonly paymentHash: string | null }): boolean => {
		if (paymentHash !== null) seen.add(paymentHash);
		// The second one.
		return paymentHash !== null && seen.size === 2;
	};
	if (place === 'pay') app.sandbox.faults.push({ at: 'pay', fault: { kind: 'hangAfter' }, match });
	else app.sandbox.faults.push({ at: 'redeem', fault: { kind: 'hang' }, match });
	await outbox.start();
	await until(`a hanging ${place}`, () => seen.size === 2);
	await app.killAndStart();
	app.sandbox.faults.clear();
}

export const outboxBatch: Scenario = {
	name: 'outbox, the batch: a row and a quote before each payment; what fails stops nothing',
	part: 'examples',
	example: BATCH,
	run: async (app) => {
		const { drive } = app.outside;
		const outbox = await Outbox.open(app);
		const photos = putPhotographs(drive, 'PHOTOGRAPHS', 4);
		const books = new Books(app.sandbox);
		app.sandbox.faults.push({
			at: 'ask',
			fault: { kind: 'status', status: 400 },
			times: Infinity,
			match: (subject) => photos[1]?.isIn(subject) ?? false,
		});
		app.sandbox.faults.push({ at: 'pay', fault: { kind: 'insufficient' }, times: 3 });
		await outbox.run();
		books.expectPayments(2);
		assert.deepEqual(drive.sha256In('IN_COLOR'), books.soldPictures);
		assert.deepEqual(await outbox.statuses(), ['open', 'done', 'done']);

		// Again: what has no row gets one, and nothing else happens.
		app.sandbox.faults.clear();
		await outbox.run();
		books.expectPayments(3);
		assert.deepEqual(await outbox.statuses(), ['open', 'done', 'done', 'done']);
		await outbox.sweep();
		books.expectPayments(4);
		assert.deepEqual(drive.sha256In('IN_COLOR'), books.soldPictures);
		assert.deepEqual(await outbox.statuses(), ['done', 'done', 'done', 'done']);
	},
};

export const outboxSweep: Scenario = {
	name: 'outbox, the sweep: killed while paying, killed while redeeming, expired: each paid once, none lost',
	part: 'examples',
	example: SWEEP,
	run: async (app) => {
		const { drive } = app.outside;
		const { sandbox } = app;
		const outbox = await Outbox.open(app);
		const books = new Books(sandbox);
		for (const [count, place] of [
			[3, 'pay'],
			[6, 'redeem'],
		] as const) {
			putPhotographs(drive, 'PHOTOGRAPHS', 3);
			await killAt(app, outbox, place);
			assert.equal((await outbox.statuses()).filter((status) => status === 'open').length, 1);
			await Promise.all([outbox.sweep(), outbox.sweep()]);
			await outbox.run();
			books.expectPayments(count);
			assert.deepEqual(drive.sha256In('IN_COLOR'), books.soldPictures);
			assert.equal(drive.in('IN_COLOR').length, count, 'something was uploaded twice');
		}

		// A quote that has expired unpaid.
		putPhotographs(drive, 'PHOTOGRAPHS', 1);
		sandbox.faults.push({ at: 'ask', fault: { kind: 'expired' } });
		sandbox.faults.push({ at: 'pay', fault: { kind: 'insufficient' }, times: 3 });
		await outbox.run();
		sandbox.faults.clear();
		const expired = sandbox.ledger.findLast(({ expiresAt }) => expiresAt < Date.now());
		const row = (await outbox.table.rows()).at(-1);
		assert.ok(expired !== undefined && row?.status === 'open');
		const { token, invoice } = expired;
		await outbox.table.change(row.id, { quote: JSON.stringify({ token, invoice }) });
		await outbox.sweep();
		books.expectPayments(6);
		assert.equal((await outbox.table.rows()).at(-1)?.note, 'quoted anew');
		await outbox.sweep();
		books.expectPayments(7);
		assert.deepEqual(drive.sha256In('IN_COLOR'), books.soldPictures);
		assert.ok((await outbox.statuses()).every((status) => status === 'done'));

		// As it is, with nothing shortened: what is being worked on is left alone.
		const sweeper = await installExample(app, SWEEP, { table: outbox.table });
		await outbox.table.change(row.id, { status: 'open' });
		await app.session.ended(await app.session.start(sweeper, 'Every Two Minutes'));
		assert.equal((await outbox.table.rows()).at(-1)?.status, 'open');
	},
};
