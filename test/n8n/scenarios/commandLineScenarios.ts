import assert from 'node:assert/strict';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import { rawOutput } from '../rig/commandLine';
import { outputOf, type Execution } from '../rig/execution';
import { binaryOf, savedSha256, sha256OfFiles } from '../rig/savedBinary';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, readFiles, writeFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import { photographs } from './photographs';
import type { Scenario } from './scenario';

const wallet = { id: 'cliWallet', name: 'Wallet of the command line' };

/** Imports a workflow that buys for two photographs. Answers where the pictures go. */
async function importPurchase(app: App, id: string, maxPriceSat: number): Promise<string> {
	const { selector, output } = photographs(app.home, 2);
	const steps = [
		manualTrigger,
		readFiles(selector),
		sats4Ai({
			serviceUrl: app.sandbox.serviceUrl,
			credential: wallet,
			parameters: { maxPriceSat },
		}),
		writeFiles(output),
	];
	const imported = await app.commandLine.importWorkflow({ id, ...workflow(id, steps) });
	assert.equal(imported.code, 0, imported.stdout + imported.stderr);
	return output;
}

/** n8n's command line: import, execute, exit code. No owner, no server. */
export const commandLineScenarios: readonly Scenario[] = [
	{
		name: 'import credential and workflow, execute: files as sent',
		part: 'cli',
		run: async (app) => {
			const credential = { ...wallet, type: 'lightningWalletApi', data: app.walletFields() };
			const imported = await app.commandLine.importCredential(credential);
			assert.equal(imported.code, 0, imported.stdout + imported.stderr);
			const output = await importPurchase(app, 'cliPurchase', 50);

			const books = new Books(app.sandbox);
			const executed = await app.commandLine.execute('cliPurchase');
			assert.equal(executed.code, 0, executed.stdout + executed.stderr);
			books.expectPayments(2);
			assert.deepEqual(sha256OfFiles(output), books.soldPictures);
			const items = outputOf(rawOutput(executed) as Execution, SATS4AI);
			const saved = items.map((item) => savedSha256(app.home, binaryOf(item)));
			assert.deepEqual(saved.sort(), books.soldPictures);
		},
	},
	{
		name: 'execute again: bought again, once each',
		part: 'cli',
		run: async (app) => {
			const books = new Books(app.sandbox);
			const executed = await app.commandLine.execute('cliPurchase');
			assert.equal(executed.code, 0, executed.stdout + executed.stderr);
			books.expectPayments(2);
		},
	},
	{
		name: 'over the limit: exit code 1, nothing paid',
		part: 'cli',
		run: async (app) => {
			await importPurchase(app, 'cliTooDear', 1);
			const books = new Books(app.sandbox);
			const executed = await app.commandLine.execute('cliTooDear');
			assert.equal(executed.code, 1);
			assert.ok((executed.stdout + executed.stderr).includes('"code": "PRICE_OVER_LIMIT"'));
			books.expectPayments(0);
		},
	},
];
