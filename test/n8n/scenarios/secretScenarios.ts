import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsIn } from '../../engine/expressions/everything';
import { theftsOf } from '../../engine/expressions/thefts';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger } from '../workflows/steps';
import { workflow, type Step } from '../workflows/workflow';
import type { Scenario } from './scenario';

const wallet = { id: 'watchedWallet', name: 'Wallet that somebody is after' };

/** One step for each theft, by turns in a parameter and in an option; nothing is cheap enough to be bought. */
function thieves({ sandbox }: App): Step[] {
	return theftsOf('adminKey').map((theft, index, { length }) => {
		const [parameters, options] =
			index % 2 === 0 ? [{ prompt: theft }, {}] : [{ prompt: 'A boat' }, { fileName: theft }];
		const step = sats4Ai({
			serviceUrl: sandbox.serviceUrl,
			credential: wallet,
			parameters: { operation: 'generateImage', maxPriceSat: 1, ...parameters },
			options,
			// The last one fails the execution.
			...(index === length - 1 ? {} : { settings: { onError: 'continueRegularOutput' } }),
		});
		return { ...step, name: `Thief ${index + 1}` };
	});
}

/** What n8n has written down: its database, with every execution, and its logs. Not the packages. */
function writtenDown(folder: string): Buffer[] {
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => readFileSync(join(folder, name)));
}

/** Somebody who may use the wallet in workflows, and wants to have it. */
export const secretScenarios: readonly Scenario[] = [
	{
		name: 'expressions that want the wallet’s secret: it is in no execution, log or request',
		part: 'cli',
		run: async (app) => {
			const { adminKey, requests } = app.sandbox;
			const credential = { ...wallet, type: 'lightningWalletApi', data: app.walletFields() };
			const imported = await app.commandLine.importCredential(credential);
			assert.equal(imported.code, 0, imported.stdout + imported.stderr);
			const steps = [manualTrigger, ...thieves(app)];
			await app.commandLine.importWorkflow({ id: 'cliThieves', ...workflow('Thieves', steps) });
			for (const engine of ['legacy', 'vm']) {
				const books = new Books(app.sandbox);
				const executed = await app.commandLine.execute('cliThieves', {
					N8N_EXPRESSION_ENGINE: engine,
					N8N_LOG_LEVEL: 'debug',
				});
				const said = executed.stdout + executed.stderr;
				assert.ok(said.includes(`Thief ${steps.length - 1}`), said.slice(-2000));
				const written = writtenDown(join(app.home.folder, '.n8n'));
				assert.ok(written.length > 0);
				assert.deepEqual(secretsIn([said, written, requests], [adminKey]), [], engine);
				books.expectPayments(0);
			}
		},
	},
];
