import assert from 'node:assert/strict';
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
import { workflow, type Connection } from '../workflows/workflow';
import { photographs } from './photographs';
import { executeWell, savedPurchase, savedWallet } from './purchase';
import type { Scenario } from './scenario';
import { until } from './until';

/** Photographs, one a round, through the node. */
const LOOP: readonly Connection[] = [
	['Start', 'Read Photographs'],
	['Read Photographs', loopOverItems.name],
	[loopOverItems.name, SATS4AI, 1],
	[SATS4AI, loopOverItems.name],
];

/** The node in the ways a workflow can take: pinned, in loops, on a schedule, in another workflow. */
export const flowScenarios: readonly Scenario[] = [
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
				connections: [...LOOP, [loopOverItems.name, 'Write Pictures', 0]],
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
				connections: LOOP,
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
