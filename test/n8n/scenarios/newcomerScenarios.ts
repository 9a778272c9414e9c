import assert from 'node:assert/strict';
import { startSandbox } from '../../../sandbox/startSandbox';
import { CredentialForm } from '../editor/credentialForm';
import { PartOfEffort, watchEffort } from '../editor/effort';
import { OutputPanel } from '../editor/outputPanel';
import { withEditor } from '../editor/withEditor';
import { Books } from '../rig/books';
import type { Scenario } from './scenario';

/** What it may take at most. From field to field people go with the Tab key, or these would be more clicks. */
const MOST_CLICKS = 13;
const MOST_FIELDS = 4;

/** The shortest way for somebody who has just installed the node. */
export const newcomerScenarios: readonly Scenario[] = [
	{
		name: 'newcomer: from the empty canvas to the first paid picture',
		part: 'editor',
		run: async (app) => {
			const sandbox = await startSandbox({ pictures: 'real', routingFeeMsat: 1000 });
			try {
				await withEditor(app, 'light', async (editor) => {
					const books = new Books(sandbox);
					// The sandbox draws a large picture, at its best.
					editor.page.setDefaultTimeout(120_000);
					await editor.newWorkflow();
					const effort = await watchEffort(editor.page);
					const forPlayMoney = new PartOfEffort(effort);
					const began = Date.now();
					await editor.search('sats4ai');
					await editor.pick(/^Sats4AI$/);
					await editor.pick(/^Generate image$/);
					await editor.parameters.waitFor();
					const prompt = editor.parameters.getByTestId('parameter-input-prompt');
					await prompt.locator('textarea').first().fill('A lighthouse at dusk');

					const form = new CredentialForm(editor);
					await form.openNew();
					await form.choose('wallet', 'LNbits');
					await form.fill('url', sandbox.walletUrl);
					await form.fill('adminKey', sandbox.adminKey);
					await forPlayMoney.begin();
					await form.choose('network', 'Regtest (Sandbox)');
					await forPlayMoney.end();
					await form.save();
					await form.accepted();
					await form.close();

					// Nobody who pays real money does this; it does not count.
					await forPlayMoney.begin();
					await editor.addOption('Service Address (Base URL)');
					await editor.fillOption('baseUrl', sandbox.serviceUrl);
					await forPlayMoney.end();

					const output = new OutputPanel(editor);
					await output.executed();
					assert.deepEqual(await output.viewPicture(), { width: 1024, height: 1024 });
					books.expectPayments(1);
					const seconds = ((Date.now() - began) / 1000).toFixed(1);
					const all = await effort();
					const clicks = all.clicks - forPlayMoney.sum.clicks;
					const fields = all.fields - forPlayMoney.sum.fields;
					process.stdout.write(`      ${clicks} clicks, ${fields} fields, ${seconds} s\n`);
					assert.ok(clicks <= MOST_CLICKS, `${clicks} clicks`);
					assert.ok(fields <= MOST_FIELDS, `${fields} fields`);
				});
			} finally {
				await sandbox.close();
			}
		},
	},
];
