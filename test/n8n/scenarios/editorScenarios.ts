import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../../sandbox/startSandbox';
import { CredentialForm } from '../editor/credentialForm';
import { writeOldPhotograph } from '../editor/oldPhotograph';
import { OutputPanel } from '../editor/outputPanel';
import type { Editor } from '../editor/editor';
import { withEditor } from '../editor/withEditor';
import type { App } from '../rig/app';
import { Books } from '../rig/books';
import type { SavedWorkflow } from '../rig/session';
import { SATS4AI, sats4Ai } from '../workflows/sats4Ai';
import { manualTrigger, readFiles, writeFiles } from '../workflows/steps';
import { workflow } from '../workflows/workflow';
import type { Scenario } from './scenario';

let shops = 0;

/** A sandbox that draws real pictures, and a workflow that colorizes an old photograph there. */
async function withShop(
	app: App,
	isShown: boolean,
	work: (sandbox: Sandbox, saved: SavedWorkflow) => Promise<void>,
): Promise<void> {
	// Pictures for people show the address that the sandbox has when they start it.
	const ports = isShown ? { servicePort: 4402, walletPort: 4403 } : {};
	const sandbox = await startSandbox({ pictures: 'real', routingFeeMsat: 1000, ...ports });
	try {
		shops += 1;
		const folder = join(app.home.files, `album-${shops}`);
		mkdirSync(folder);
		await writeOldPhotograph(join(folder, 'old-photo.jpg'));
		const steps = [
			manualTrigger,
			readFiles(`${folder}/old-*.jpg`),
			sats4Ai({ serviceUrl: sandbox.serviceUrl, credential: null }),
			writeFiles(folder),
		];
		const saved = await app.session.createWorkflow(workflow('Colorize old photographs', steps));
		await work(sandbox, saved);
	} finally {
		await sandbox.close();
	}
}

/** Makes the credential in the opened node: with a wrong key first, then with the right one. */
async function connectWallet(stage: Stage): Promise<void> {
	const { editor, sandbox, take } = stage;
	const form = new CredentialForm(editor);
	await form.openNew();
	await form.choose('wallet', 'LNbits');
	await form.fill('url', sandbox.walletUrl);
	await form.fill('adminKey', 'a-wrong-key');
	await form.choose('network', 'Regtest (Sandbox)');
	await take('credential');
	await form.save();
	const refusal = await form.refusal();
	assert.match(refusal, /key/i);
	assert.ok(!refusal.includes('a-wrong-key'), 'the form shows the key');
	await form.fill('adminKey', sandbox.adminKey);
	assert.equal(await form.typeOf('adminKey'), 'password');
	await form.save();
	await form.accepted();
	await form.close();
	// The second one, which keeps expressions from the secret, is not to be seen.
	assert.equal(await editor.page.getByTestId('node-credentials-select').count(), 1);
	assert.equal(
		await editor.page.getByText(/noneForExpressions|credential.* not found/i).count(),
		0,
	);
}

/** Executes the opened node: the receipt and the picture are there. */
async function buy({ editor, take }: Stage): Promise<void> {
	const output = new OutputPanel(editor);
	await output.execute();
	await output.viewInput();
	const receipt = await output.look('Schema');
	for (const word of ['status', 'paid', 'priceSat', 'paymentHash', 'preimage']) {
		assert.ok(receipt.includes(word), word);
	}
	assert.match(receipt, /Each successful run buys a new picture/);
	assert.equal(await output.canPin(), false, 'n8n pins files now: the hint should say so');
	await take('receipt');
	assert.deepEqual(await output.viewPicture(), { width: 768, height: 528 });
	await take('picture');
}

/** What the hint in the output promises: the step after it takes the picture that is there. */
async function executeNextStep({ editor, take }: Stage): Promise<void> {
	await editor.closeNode();
	assert.match(await editor.labelOf(SATS4AI), /Colorize Image/);
	await take('canvas');
	await editor.openNode('Write Pictures');
	await new OutputPanel(editor).execute();
	await editor.closeNode();
}

/** A failure says what happened, whether money left, and what to do. */
async function fail({ editor, take }: Stage): Promise<void> {
	await editor.openNode(SATS4AI);
	const maxPrice = editor.parameters.getByTestId('parameter-input-maxPriceSat').locator('input');
	await maxPrice.first().fill('1');
	const output = new OutputPanel(editor);
	await output.execute();
	const said = await output.failureDetails();
	assert.match(said, /The price is 5 sats, above your limit of 1 sat$/m);
	assert.match(said, /Nothing was paid\./);
	assert.match(said, /PRICE_OVER_LIMIT/);
	await output.viewInput();
	await take('failure');
}

interface Stage {
	readonly editor: Editor;
	readonly sandbox: Sandbox;
	/** Takes a picture for the documentation, if pictures are wanted. */
	readonly take: (name: string) => Promise<void>;
}

/** The editor from the empty credential to the picture. */
export const editorScenarios: readonly Scenario[] = (['light', 'dark'] as const).map((theme) => ({
	name: `${theme}: credential bad and good, execute, picture, receipt, next step, failure`,
	part: 'editor',
	run: async (app, screenshots) => {
		await withShop(app, screenshots.wanted, async (sandbox, saved) => {
			await withEditor(app, theme, async (editor) => {
				const take = async (name: string): Promise<void> =>
					await screenshots.take(editor.page, `${name}-${theme}`);
				const stage = { editor, sandbox, take };
				await editor.openWorkflow(saved.id);
				await editor.openNode(SATS4AI);
				await connectWallet(stage);
				const books = new Books(sandbox);
				await buy(stage);
				books.expectPayments(1);
				await executeNextStep(stage);
				books.expectPayments(1);
				await fail(stage);
				books.expectPayments(1);
			});
		});
	},
}));
